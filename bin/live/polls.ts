import type { LiveRequest } from './arguments';
import type { Context } from './context';
import { EXIT, type ExitCode, LiveFailure } from './failure';
import type { PollRequest } from './poll-arguments';
import { awsPolls, type InsertedMetadata } from './poll-service';
import { pollTag } from './poll-tag';
import { CLEAR_SCREEN } from './screen';
import { findStack } from './stack';

/** Output of the stack with the name of the function of the polls. */
const FUNCTION_OUTPUT = 'PollFunction';
/** Time that a call may take on its way to MediaLive, which counts the 15 seconds ahead from there. */
const ON_ITS_WAY_MS = 1000;
/** Least time from now to the start of an action, at MediaLive. */
const AHEAD_MS = 15_000;
/** Interval at which a question travels again, for viewers who come later. */
const AGAIN_MS = 15_000;
/** Time from the first question to the next: more than the schedule asks for, because the first may be at once. */
const FIRST_AGAIN_MS = 20_000;
/** A question does not travel again with less time left than this. */
const LEAST_MS = 5000;
/** Interval at which the result is looked at. */
const LOOK_MS = 2000;

/** A poll as its function tells of it. Times are milliseconds since 1970. */
interface ToldPoll {
  readonly id: string;
  readonly question: string;
  readonly startsAt: number;
  readonly closesAt: number;
  readonly options: readonly { readonly text: string; readonly votes: number }[];
  /** True when votes no longer count. */
  readonly closed?: boolean;
}

/**
 * Asks the viewers of a channel, and follows the result until votes no longer count; or shows the newest result.
 *
 * @throws LiveFailure where the stack has no polls, or the question cannot be put into the video.
 */
export async function polls(request: LiveRequest, context: Context): Promise<ExitCode> {
  const asked = request.poll;
  if (asked === undefined) throw new Error('poll needs a request about polls');
  const { channels, stack } = await findStack(context.service, request.stack, asked.channel);
  const name = stack.outputs[FUNCTION_OUTPUT];
  if (name === undefined) {
    const sentence = `Stack "${request.stack}" has no polls; deploy it with polls: true for a channel.`;
    throw new LiveFailure(sentence, EXIT.notFound);
  }
  const invoke = async (task: object) =>
    (await context.service.invoke(name, { channel: asked.channel, ...task })) as ToldPoll;
  if (asked.action === 'result') {
    show(await invoke({ task: 'result' }), request, context);
    return EXIT.fine;
  }
  const [channel] = channels;
  if (channel?.facts?.state !== 'RUNNING') {
    const state = channel?.facts?.state ?? 'gone';
    throw new LiveFailure(`Channel "${asked.channel}" is ${state}; a poll needs it RUNNING.`, EXIT.notReached);
  }
  const poll = await ask(asked, { channelId: channel.id, invoke }, request, context);
  if (!request.wait) {
    show(poll, request, context);
    return EXIT.fine;
  }
  return follow(invoke, request, context);
}

interface Means {
  readonly channelId: string;
  readonly invoke: (task: object) => Promise<ToldPoll>;
}

/** Opens a poll, and puts its question into the schedule. A poll whose question cannot travel is withdrawn. */
async function ask(
  { question, options, seconds, inSeconds }: Extract<PollRequest, { action: 'ask' }>,
  { channelId, invoke }: Means,
  request: LiveRequest,
  { clock, polls: given }: Context,
): Promise<ToldPoll> {
  const wanted = clock.now() + (inSeconds === undefined ? 0 : inSeconds * 1000 + ON_ITS_WAY_MS);
  const poll = await invoke({ task: 'open', question, options, seconds, startsAt: wanted });
  // A function that begins takes its time.
  const planned = inSeconds && Math.max(wanted, clock.now() + AHEAD_MS + ON_ITS_WAY_MS);
  const startsAt = planned ?? clock.now();
  const travels = (at: number, start: number | undefined): InsertedMetadata => ({
    actionName: `poll-${poll.id}-${Math.round((at - startsAt) / 1000)}`,
    tags: pollTag({
      id: poll.id,
      question,
      options,
      asked: Math.round(startsAt),
      seconds: Math.round((poll.closesAt - at) / 1000),
    }),
    startsAt: start,
  });
  const inserted = [travels(startsAt, planned)];
  for (let at = startsAt + FIRST_AGAIN_MS; at <= poll.closesAt - LEAST_MS; at += AGAIN_MS) {
    inserted.push(travels(at, at));
  }
  try {
    await (given ?? awsPolls(request)).insert(channelId, inserted);
  } catch (error) {
    await invoke({ task: 'withdraw' });
    throw error;
  }
  return poll;
}

/** Shows the result as it changes, until votes no longer count. */
async function follow(invoke: Means['invoke'], request: LiveRequest, context: Context): Promise<ExitCode> {
  for (let before = ''; ; await context.clock.sleep(LOOK_MS)) {
    const poll = await invoke({ task: 'result' });
    const votes = JSON.stringify(poll.options);
    const live = !request.json && (context.isTerminal || votes !== before);
    if (live || poll.closed) show(poll, request, context, !poll.closed);
    if (poll.closed) return EXIT.fine;
    before = votes;
  }
}

function show(poll: ToldPoll, { json, stack }: LiveRequest, context: Context, again = false): void {
  if (json) context.out(JSON.stringify({ stack, ...poll }, null, 2));
  else context.out(`${context.isTerminal && again ? CLEAR_SCREEN : ''}${pollText(poll, context.clock.now())}`);
}

/** Writes the result: the question, and a line for each option with its votes and their share. */
export function pollText({ question, options, startsAt, closesAt, closed = false }: ToldPoll, now: number): string {
  const all = options.reduce((sum, { votes }) => sum + votes, 0);
  const width = Math.max(...options.map(({ text }) => [...text].length));
  const lines = options.map(({ text, votes }) => {
    const share = all === 0 ? 0 : Math.round((100 * votes) / all);
    return `  ${text}${' '.repeat(width - [...text].length)}  ${String(votes).padStart(7)}  ${String(share).padStart(3)} %`;
  });
  const seconds = (time: number) => `${Math.max(0, Math.ceil((time - now) / 1000))} s`;
  let state = 'viewers who are behind still vote';
  if (closed) state = 'closed';
  else if (now < startsAt) state = `begins in ${seconds(startsAt)}`;
  else if (now < closesAt) state = `${seconds(closesAt)} left`;
  return [`${question}  (${all} ${all === 1 ? 'vote' : 'votes'}, ${state})`, ...lines].join('\n');
}
