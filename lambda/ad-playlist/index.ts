import { setting } from '../shared/setting';
import {
  type MarkedChannel,
  type PlaylistAnswer,
  type PlaylistRequest,
  type PlaylistSurroundings,
  playlist,
} from './handler';

/** Longest time for an answer of the edge: a blocking reload waits for up to three segments. */
const PATIENCE_MILLISECONDS = 20_000;
/** By this, the requests of the function can be told from those of viewers in the access logs. */
const USER_AGENT = 'live-streaming-ads';

const around: PlaylistSurroundings = {
  channels: JSON.parse(setting('CHANNELS')) as readonly MarkedChannel[],
  prefix: setting('PREFIX'),
  list: setting('BREAK_PATH'),
  restrict: setting('RESTRICT'),
  get: async (url) => {
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const answer = await fetch(url, { headers: { 'user-agent': USER_AGENT }, signal });
    return { status: answer.status, body: await answer.text() };
  },
};

/** Invoked by players, through the edge. */
export function handler(request: PlaylistRequest): Promise<PlaylistAnswer> {
  return playlist(request, around);
}
