/** One rung of the ladder, as a manifest describes it. */
export interface Rung {
  /** Pixels; 0 when the manifest gives none. */
  readonly width: number;
  readonly height: number;
  /** Bits per second. */
  readonly bitrate: number;
  /** Frames per second; undefined when the manifest gives none. */
  readonly frameRate?: number;
}

/** A rung with a name. */
export interface Rendition extends Rung {
  /** `720p`, or with its bitrate where two have one height: `720p-2700k`. Also the value of `?quality=`. */
  readonly name: string;
}

/** Gives renditions names that stay the same from one visit to the next. Order is kept. */
export function named(ladder: readonly Rung[]): readonly Rendition[] {
  return ladder.map((rendition) => {
    const rate = `${Math.round(rendition.bitrate / 1000)}k`;
    const twins = ladder.filter(({ height }) => height === rendition.height);
    const size = `${rendition.height}p`;
    const name = rendition.height === 0 ? rate : twins.length > 1 ? `${size}-${rate}` : size;
    return { ...rendition, name };
  });
}

/** Index of the rung with a name that {@link named} gives; undefined when there is none. */
export function indexOfName(ladder: readonly Rung[], wanted: string | undefined): number | undefined {
  const index = named(ladder).findIndex(({ name }) => name === wanted);
  return index < 0 ? undefined : index;
}
