import { answer, type UrlAnswer, type UrlEvent } from '../shared/function-url';
import { addressOf, userId } from '../shared/viewers/user-id';
import { isClosed, type Poll } from './poll';
import { Refusal } from './refusal';
import type { PollSurroundings } from './surroundings';

/** Most votes from one address in a poll. Many guests may share an address, and one may pretend to be many. */
const MOST_FROM_ADDRESS = 200;
/** Time for which the edge keeps a result. `lib/polls/polls.ts` has the same. */
const KEPT_SECONDS = 2;

/** Answers a player: takes a vote, or tells the result. */
export async function polls(event: UrlEvent, around: PollSurroundings): Promise<UrlAnswer> {
  try {
    const { rawPath, requestContext, queryStringParameters: query = {} } = event;
    const asked = `${requestContext.http.method} ${rawPath}`;
    if (asked !== 'POST /polls/vote' && asked !== 'GET /polls/result') {
      throw new Refusal('no-such-path', 'POST /polls/vote votes, and GET /polls/result tells the result.');
    }
    const poll = await around.book.poll(query['poll'] ?? '');
    if (poll === undefined) throw new Refusal('no-such-poll', 'There is no such poll.');
    if (asked === 'GET /polls/result') return await result(poll, around);
    await vote(event, poll, around);
    return answer(200, { counted: true });
  } catch (error) {
    if (error instanceof Refusal) return answer(error.status, { error: error.error, message: error.message });
    console.error(error);
    return answer(503, { error: 'unavailable', message: 'Votes are not taken at this moment.' });
  }
}

async function result(poll: Poll, { book, now }: PollSurroundings): Promise<UrlAnswer> {
  const told = answer(200, { counts: await book.counts(poll), closed: isClosed(poll, now()) });
  return { ...told, headers: { ...told.headers, 'cache-control': `public, max-age=${KEPT_SECONDS}` } };
}

async function vote(event: UrlEvent, poll: Poll, around: PollSurroundings): Promise<void> {
  const option = Number(event.queryStringParameters?.['option'] || Number.NaN);
  if (!Number.isInteger(option) || poll.options[option] === undefined) {
    throw new Refusal('no-such-option', 'The poll has no such option.');
  }
  if (isClosed(poll, around.now())) throw new Refusal('closed', 'Voting is closed.');
  const user = await voter(event, poll, around);
  const counted = await around.book.vote({ poll, user, option });
  if (!counted) throw new Refusal('voted', 'Your vote has been counted before.');
}

/** Returns the hash of the viewer: by the session, or by the address and the browser. */
async function voter({ headers }: UrlEvent, poll: Poll, around: PollSurroundings): Promise<string> {
  const token = headers['x-viewer-session'];
  const viewer = token === undefined ? undefined : await around.viewer(token, poll.channel);
  if (viewer !== undefined) return userId('v', [viewer.id], poll.salt);
  if (around.channels[poll.channel]?.isPublic !== true) {
    throw new Refusal('sign-in', 'Sign in to watch this channel.');
  }
  const address = addressOf(headers['cloudfront-viewer-address'] ?? '');
  if ((await around.book.from(poll, userId('g', [address], poll.salt))) > MOST_FROM_ADDRESS) {
    throw new Refusal('too-many', 'Too many votes come from this address.');
  }
  const guest = headers['x-poll-guest'] ?? '';
  return userId('g', /^[A-Za-z0-9_-]{16,64}$/.test(guest) ? [address, guest] : [address], poll.salt);
}
