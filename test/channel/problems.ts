import { liveStream } from '../../lib/channel/live-stream';
import { DescriptionError } from '../../lib/channel/sentences';

/** The sentences with which a description is refused; none when it is taken. Anything else that is thrown is thrown on. */
export function problems(description: unknown): readonly string[] {
  try {
    liveStream(description);
    return [];
  } catch (error) {
    if (error instanceof DescriptionError) return error.problems;
    throw error;
  }
}

/** The same of one channel named `main`, without the path of the channel. */
export function channelProblems(channel: object): readonly string[] {
  return problems({ channels: [{ name: 'main', ...channel }] }).map((problem) => problem.replace('channels[0].', ''));
}
