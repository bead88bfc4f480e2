import { audioTracks, type EncoderPlan } from '../contract/plan';

/** Describes the parts of a plan that the local run encodes in another way than MediaLive. */
export function planNotes(plan: EncoderPlan): readonly string[] {
  const { captions, hls } = plan;
  return [
    ...(audioTracks(plan).some(({ passedThrough }) => passedThrough)
      ? ['AAC is encoded in place of Dolby, which browsers have no decoder for']
      : []),
    ...(captions === undefined
      ? []
      : [`${captions.join(', ')} left out: the local run reads no captions from the video`]),
    ...(hls?.goesOn
      ? ['while the input is lost the local run pauses; MediaLive would go on with a colour or a slate']
      : []),
  ];
}

/** Explains a complaint of ffmpeg about audio that the input lacks; returns any other complaint as it is. */
export function complaintInWords(complaint: string): string {
  const [, specifier = ''] = /^Stream specifier ':(a:\S+)' in filtergraph/.exec(complaint) ?? [];
  const [, language] = /^a:m:language:(\w+)$/.exec(specifier) ?? [];
  const [, number] = /^a:(\d+)$/.exec(specifier) ?? [];
  if (language !== undefined) {
    return `the input has no audio in ${language}: all are silent in the local run, where MediaLive would mute only that one`;
  }
  if (number === undefined) return complaint;
  return `the input has no audio stream ${Number(number) + 1}: all are silent in the local run`;
}

/** Tells whether an encoder ended because the input lacks the audio that was chosen. */
export function lacksAudio(complaint: string): boolean {
  return /^Stream specifier ':a:(m:language:\w+|\d+)' in filtergraph/.test(complaint);
}
