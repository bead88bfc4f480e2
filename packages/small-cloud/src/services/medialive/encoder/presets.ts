/** The speed presets of x264 that the local run chooses from, the slowest first. */
export const PRESETS = ['veryfast', 'superfast', 'ultrafast'] as const;

/** One of {@link PRESETS}. */
export type Preset = (typeof PRESETS)[number];

/** Returns the next faster preset; undefined when there is none. */
export function faster(preset: Preset): Preset | undefined {
  return PRESETS[PRESETS.indexOf(preset) + 1];
}
