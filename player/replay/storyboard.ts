/** A picture of one stretch of a recording. Positions are seconds. */
export interface Frame {
  readonly start: number;
  readonly end: number;
  readonly url: string;
  /** The part of the picture to show, in pixels; undefined for all of it. */
  readonly crop:
    | { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
    | undefined;
}

/** Time that the browser has to read a storyboard. */
const PATIENCE_MILLISECONDS = 20_000;

/**
 * Reads the text of a cue: the address of a picture, and the part of it as a media fragment.
 *
 * @param page - address of the page; pictures of other sites are not shown.
 * @see https://www.w3.org/TR/media-frags/#naming-space
 */
export function readFrame(cue: Pick<VTTCue, 'startTime' | 'endTime' | 'text'>, storyboard: string, page: string) {
  const text = cue.text.trim();
  if (text === '' || /\s/.test(text) || !URL.canParse(text, storyboard)) return undefined;
  const url = new URL(text, storyboard);
  if (url.origin !== new URL(page).origin) return undefined;
  const [, x, y, width, height] = /^#xywh=(?:pixel:)?(\d{1,5}),(\d{1,5}),(\d{1,4}),(\d{1,4})$/.exec(url.hash) ?? [];
  const crop =
    x === undefined ? undefined : { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
  url.hash = '';
  return { start: cue.startTime, end: cue.endTime, url: url.href, crop } satisfies Frame;
}

/** The picture of a position. */
export const frameAt = (frames: readonly Frame[], seconds: number): Frame | undefined =>
  frames.find(({ start, end }) => start <= seconds && seconds < end);

/**
 * Reads a storyboard with the browser's own WebVTT reader, on an element that is not on the page.
 *
 * @param address - address to request; `clean` is the same without a token.
 * @returns no frames when it cannot be read.
 */
export async function loadStoryboard(address: string, clean: string): Promise<readonly Frame[]> {
  const video = document.createElement('video');
  const track = Object.assign(document.createElement('track'), { kind: 'metadata', src: address });
  video.append(track);
  track.track.mode = 'hidden';
  await new Promise<void>((resolve) => {
    setTimeout(resolve, PATIENCE_MILLISECONDS);
    track.addEventListener('load', () => resolve());
    track.addEventListener('error', () => resolve());
  });
  const cues = [...(track.track.cues ?? [])].filter((cue) => cue instanceof VTTCue);
  return cues.flatMap((cue) => readFrame(cue, clean, location.href) ?? []);
}
