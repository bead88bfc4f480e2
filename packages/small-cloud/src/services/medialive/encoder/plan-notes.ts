import { audioTracks, type EncoderPlan } from '../contract/plan';

/** What to say of a plan that is encoded otherwise here than on MediaLive. */
export function planNotes(plan: EncoderPlan): readonly string[] {
  const { captions, hls } = plan;
  return [
    ...(audioTracks(plan).some(({ passedThrough }) => passedThrough)
      ? ['AAC is encoded in place of Dolby, which browsers have no decoder for']
      : []),
    ...(captions === undefined
      ? []
      : [`${captions.join(', ')} left out: the local run reads no captions out of a picture`]),
    ...(hls?.goesOn ? ['while the input is lost the stream pauses here; it would go on with a colour or a slate'] : []),
  ];
}

/** What ffmpeg complains of when the input lacks a sound that is chosen, in other words; its own for all else. */
export function complaintInWords(complaint: string): string {
  const [, specifier = ''] = /^Stream specifier ':(a:\S+)' in filtergraph/.exec(complaint) ?? [];
  const [, language] = /^a:m:language:(\w+)$/.exec(specifier) ?? [];
  const [, number] = /^a:(\d+)$/.exec(specifier) ?? [];
  if (language !== undefined) {
    return `the input has no sound in ${language}: all are silent here, where MediaLive would mute that one alone`;
  }
  if (number !== undefined) return `the input has no sound ${Number(number) + 1}: all are silent here`;
  return complaint;
}

/** Whether an encoder ended because the input lacks a sound that was chosen. */
export function lacksAudio(complaint: string): boolean {
  return /^Stream specifier ':a:(m:language:\w+|\d+)' in filtergraph/.test(complaint);
}
