import { liveStream } from '../../lib/channel/live-stream';
import { DescriptionError } from '../../lib/channel/sentences';

/** Lists the sentences with which a description is refused; none when it is accepted. Other errors are thrown on. */
export function problems(description: unknown): readonly string[] {
  try {
    liveStream(description);
    return [];
  } catch (error) {
    if (error instanceof DescriptionError) return error.problems;
    throw error;
  }
}

/** Lists those of a description with one channel named `main`, without the path of the channel. */
export function channelProblems(channel: object): readonly string[] {
  return problems({ channels: [{ name: 'main', ...channel }] }).map((problem) => problem.replace('channels[0].', ''));
}
