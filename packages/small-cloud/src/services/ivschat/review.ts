import { type AnsweringFunctions, isObject, type Value } from '../../contract';
import type { ReviewHandler, Room } from './room';
import type { ChatUser } from './tokens';

/** Time for a review, in milliseconds. @see https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/service-quotas.html */
const LIMIT_MILLISECONDS = 200;

const PRINCIPAL = 'ivschat.amazonaws.com';

/** A message before its review. */
export interface Draft {
  readonly id: string;
  readonly content: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly sender: ChatUser;
}

/** The result of a review. */
export type Review =
  | { readonly allowed: true; readonly content: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly allowed: false; readonly reason: string | undefined };

/** Means of a review. */
export interface ReviewMeans {
  readonly functions: AnsweringFunctions;
  readonly tell: (line: string) => void;
}

/**
 * Has a message reviewed by the function of its room. The fallback decides where the function may not be invoked, fails,
 * takes longer than 200 ms or answers in another form. The local run does not count the time in which code is loaded.
 *
 * @see https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/chat-message-review-handler.html
 */
export async function reviewed(draft: Draft, room: Room, means: ReviewMeans): Promise<Review> {
  const { content, attributes } = draft;
  const { review: handler } = room.settings;
  if (handler === undefined) return { allowed: true, content, attributes };
  const answer = await asked(draft, room, handler, means);
  const review = answer === undefined ? undefined : readReview(answer, draft);
  if (review !== undefined) return review;
  if (answer !== undefined) means.tell('the answer of the review function is not in the form of a review');
  return handler.fallback === 'ALLOW' ? { allowed: true, content, attributes } : { allowed: false, reason: undefined };
}

async function asked(
  { id, content, attributes, sender }: Draft,
  { arn }: Room,
  { functionArn, fallback }: ReviewHandler,
  { functions, tell }: ReviewMeans,
): Promise<Value | undefined> {
  const fellBack = (why: string) => tell(`${why}; the fallback ${fallback} decides`);
  try {
    if (!functions.permits(functionArn, PRINCIPAL, arn)) {
      fellBack(`no AWS::Lambda::Permission allows lambda:InvokeFunction on ${functionArn} to ${PRINCIPAL} for ${arn}`);
      return undefined;
    }
    const event = {
      Content: content,
      MessageId: id,
      RoomArn: arn,
      Attributes: attributes,
      Sender: { Attributes: sender.attributes, UserId: sender.userId, Ip: '127.0.0.1' },
    };
    const answer = await functions.answer(functionArn, event, LIMIT_MILLISECONDS);
    if (answer === undefined) fellBack(`the review function failed or took longer than ${LIMIT_MILLISECONDS} ms`);
    return answer?.payload;
  } catch (error) {
    fellBack(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function readReview(answer: Value, draft: Draft): Review | undefined {
  if (!isObject(answer)) return undefined;
  const { ReviewResult: result, Content: content = draft.content, Attributes: given = draft.attributes } = answer;
  if (!isObject(given) || !Object.values(given).every((value) => typeof value === 'string')) return undefined;
  const attributes = given as Readonly<Record<string, string>>;
  if (result === 'DENY') return { allowed: false, reason: attributes['Reason'] };
  if (result !== 'ALLOW' || typeof content !== 'string') return undefined;
  return { allowed: true, content, attributes };
}
