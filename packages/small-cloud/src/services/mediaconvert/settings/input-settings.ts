import { notModelled } from '../../kit/not-modelled';
import type { Clip, InputPlan, Timecode } from './job-plan';
import { placeOf } from './place';
import type { SettingsReader } from './settings-reader';

/** An input, with the names of its audio selectors. */
export interface ReadInput extends InputPlan {
  readonly audioSelectors: readonly string[];
}

/** Reads one of the `inputs`: an HLS playlist or a video in S3. */
export function readInput(input: SettingsReader): ReadInput {
  const place = placeOf(input, 'fileInput');
  const source = input.oneOf('timecodeSource', ['EMBEDDED', 'ZEROBASED'], 'EMBEDDED');
  const clips = input.list('inputClippings').map(readClip);
  if (clips.length > 1) throw notModelled(`${input.at('inputClippings')}[1]`, { advice: 'Give one clip' });
  if (clips.length > 0 && source !== 'ZEROBASED') {
    throw notModelled(`${input.at('inputClippings')} with embedded timecodes`, {
      advice: 'Set timecodeSource: ZEROBASED',
    });
  }
  input.onlyEmpty('videoSelector');
  return { ...place, clips, audioSelectors: readAudioSelectors(input) };
}

function readAudioSelectors(input: SettingsReader): readonly string[] {
  const selectors = input.maybePart('audioSelectors');
  if (selectors === undefined) return [];
  const names = selectors.keys();
  for (const name of names) {
    const selector = selectors.part(name);
    // The local run takes the first audio track, so every selector chooses it.
    selector.oneOf('defaultSelection', ['DEFAULT', 'NOT_DEFAULT'], 'NOT_DEFAULT');
    selector.oneOf('selectorType', ['TRACK'], 'TRACK');
    const tracks = selector.value('tracks') ?? [1];
    if (JSON.stringify(tracks) !== '[1]') throw notModelled(selector.at('tracks'), { given: tracks, known: [[1]] });
    if ((selector.maybeNumber('programSelection') ?? 0) > 1) throw selector.unsupported('programSelection');
    if ((selector.maybeNumber('offset') ?? 0) !== 0) throw selector.unsupported('offset');
  }
  return names;
}

function readClip(clip: SettingsReader): Clip {
  const start = readTimecode(clip, 'startTimecode');
  const end = readTimecode(clip, 'endTimecode');
  if (start === undefined && end === undefined) throw clip.refused('', 'startTimecode or endTimecode is required');
  if (start !== undefined && end !== undefined && end.seconds < start.seconds) {
    throw clip.refused('endTimecode', 'the end of a clip must follow its start');
  }
  return { start, end };
}

function readTimecode(clip: SettingsReader, key: string): Timecode | undefined {
  const text = clip.maybeText(key);
  if (text === undefined) return undefined;
  const [, hours, minutes, seconds, frame] = /^(\d\d):([0-5]\d):([0-5]\d)[:;](\d\d)$/.exec(text) ?? [];
  if (frame === undefined) throw clip.refused(key, `"${text}" was given; HH:MM:SS:FF is needed`);
  return { seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds), frame: Number(frame) };
}
