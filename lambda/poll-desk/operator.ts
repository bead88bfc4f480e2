import { POLL_LIMITS } from '../shared/poll-limits';
import { isClosed, type Poll } from './poll';
import type { PollSurroundings } from './surroundings';

/** A task of the operator. Times are milliseconds since 1970. */
export interface OperatorTask {
  readonly task: unknown;
  readonly channel?: unknown;
  readonly question?: unknown;
  readonly options?: unknown;
  readonly seconds?: unknown;
  readonly startsAt?: unknown;
}

/**
 * Does what the operator asks for, from the command line: `open` begins a poll, `result` tells of the newest one of a
 * channel, `withdraw` forgets it.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export async function operate(task: OperatorTask, around: PollSurroundings): Promise<object> {
  const channel = String(task.channel);
  if (!Object.hasOwn(around.channels, channel)) {
    const known = Object.keys(around.channels).join(', ');
    throw new Error(`channel: "${channel}" was given; a channel with polls is needed: ${known}`);
  }
  if (task.task === 'open') {
    const poll = newPoll(task, channel, around);
    await around.book.open(poll);
    return told(poll, []);
  }
  const poll = await around.book.poll((await around.book.latest(channel)) ?? '');
  if (poll === undefined) throw new Error(`channel: "${channel}" was given; it has had no poll within a week`);
  if (task.task === 'result') {
    return { ...told(poll, await around.book.counts(poll)), closed: isClosed(poll, around.now()) };
  }
  if (task.task !== 'withdraw') {
    throw new Error(`task: "${String(task.task)}" was given; open, result or withdraw is needed`);
  }
  await around.book.withdraw(poll);
  return { id: poll.id };
}

function newPoll(
  { question, options, seconds, startsAt }: OperatorTask,
  channel: string,
  around: PollSurroundings,
): Poll {
  const { fewest, most, seconds: lasts } = POLL_LIMITS;
  if (!isText(question, POLL_LIMITS.question)) {
    throw new Error(`question: a text of 1 to ${POLL_LIMITS.question} characters is needed`);
  }
  const texts: readonly unknown[] = Array.isArray(options) ? options : [];
  const given = texts.filter((text) => isText(text, POLL_LIMITS.option));
  if (
    given.length !== texts.length ||
    given.length < fewest ||
    given.length > most ||
    new Set(given).size < given.length
  ) {
    throw new Error(
      `options: ${fewest} to ${most} different texts of 1 to ${POLL_LIMITS.option} characters are needed`,
    );
  }
  if (typeof seconds !== 'number' || !(seconds >= lasts.least && seconds <= lasts.most)) {
    throw new Error(`seconds: ${String(seconds)} was given; ${lasts.least} to ${lasts.most} are needed`);
  }
  const start = typeof startsAt === 'number' ? startsAt / 1000 : around.now();
  return {
    id: around.randomId(),
    channel,
    question,
    options: given,
    startsAt: start,
    closesAt: start + seconds,
    salt: around.randomId(),
  };
}

function isText(given: unknown, most: number): given is string {
  return typeof given === 'string' && given.trim() !== '' && [...given].length <= most;
}

/** Returns a poll as the operator sees it. */
function told({ id, question, options, startsAt, closesAt }: Poll, counts: readonly number[]): object {
  return {
    id,
    question,
    startsAt: startsAt * 1000,
    closesAt: closesAt * 1000,
    options: options.map((text, index) => ({ text, votes: counts[index] ?? 0 })),
  };
}
