import type { Value } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import { notModelled } from '../../kit/not-modelled';
import { readInput } from './input-settings';
import type { JobPlan, OutputPlan } from './job-plan';
import { readGroup } from './output-settings';
import { SettingsReader } from './settings-reader';

/**
 * Reads the `settings` of CreateJob: HLS inputs or a video, file groups with MP4 files and pictures, and CMAF groups.
 *
 * @throws AwsError (BadRequestException) for what MediaConvert refuses, UnsupportedError for what is not modelled.
 * @see https://docs.aws.amazon.com/mediaconvert/latest/apireference/jobs.html
 */
export function jobPlan(settings: Value): JobPlan {
  const read = new SettingsReader(settings, '');
  const timecodes = read.maybePart('timecodeConfig');
  timecodes?.oneOf('source', ['EMBEDDED', 'ZEROBASED'], 'EMBEDDED');
  const inputs = read.filled('inputs').map(readInput);
  const [first] = inputs;
  if (first === undefined) throw read.refused('inputs', 'Should have at least 1 items');
  const selectors = new Set(inputs.flatMap((input) => input.audioSelectors));
  const outputs = read
    .filled('outputGroups')
    .flatMap((group, index) => readGroup(group, { index, selectors, baseName: baseNameOf(first.key) }));
  read.end();
  refuseCapturesAlone(outputs);
  refuseSameFiles(outputs);
  if (inputs.length > 1 && inputs.some(({ key }) => !isPlaylist(key))) {
    throw notModelled('Several inputs that are no HLS playlists', { advice: 'Give one input' });
  }
  if (inputs.length > 1 && inputs.some(({ clips }) => clips.length > 0)) {
    throw notModelled('InputClippings in a job with several inputs', { advice: 'Give one input' });
  }
  return { inputs: inputs.map(({ bucket, key, clips }) => ({ bucket, key, clips })), outputs };
}

/** Tells an HLS playlist from a video, by its name. */
export function isPlaylist(key: string): boolean {
  return key.endsWith('.m3u8');
}

/** The name that an output has whose destination is a folder: that of the first input. */
function baseNameOf(key: string): string {
  const name = key.split('/').at(-1) ?? key;
  return name.replace(/\.[^.]*$/, '');
}

/**
 * Refuses a job that takes pictures and nothing else.
 *
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/file-group-with-frame-capture-output.html
 */
function refuseCapturesAlone(outputs: readonly OutputPlan[]): void {
  const isRegular = (output: OutputPlan) =>
    output.kind === 'package' || (output.kind === 'file' && output.video !== undefined && output.audio !== undefined);
  if (outputs.every(({ kind }) => kind !== 'captures') || outputs.some(isRegular)) return;
  const rule = 'Frame capture outputs need an output with video and audio in the same job';
  throw new AwsError('BadRequestException', `/outputGroups: ${rule}`);
}

function refuseSameFiles(outputs: readonly OutputPlan[]): void {
  const seen = new Set<string>();
  for (const { place, kind } of outputs) {
    const name = `${kind} s3://${place.bucket}/${place.key}`;
    if (seen.has(name)) throw new AwsError('BadRequestException', `/outputGroups: two outputs write ${name}`);
    seen.add(name);
  }
}
