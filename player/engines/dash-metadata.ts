import type { MediaPlayerClass } from 'dashjs';
import type { MetadataListener } from './engine';

/** Name of the events of dash.js with timed ID3: the scheme that MediaPackage announces. */
const ID3_EVENTS = 'https://aomedia.org/emsg/ID3';

/** An event of dash.js with timed ID3, as far as it is read here. */
interface MetadataEvent {
  /** Its place on the timeline of the video, in seconds. */
  readonly calculatedPresentationTime?: number;
  readonly messageData?: unknown;
}

/** Calls a listener with the timed ID3 of a dash.js as its time comes. */
export function followMetadata(player: MediaPlayerClass, listener: MetadataListener): void {
  player.on(ID3_EVENTS, ({ event = {} }: { readonly event?: MetadataEvent }) => {
    const { messageData: tags, calculatedPresentationTime: seconds } = event;
    if (tags instanceof Uint8Array && seconds !== undefined) listener(tags, seconds);
  });
}
