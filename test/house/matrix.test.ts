import { beforeAll, describe, expect, test } from '@jest/globals';
import { liveStream } from '../../lib/channel/live-stream';
import { DescriptionError } from '../../lib/channel/sentences';
import type { Template } from '../stream/synth';
import { complaints } from './matrix/complaints';
import { leastOrigin } from './matrix/kinds';
import { cfnLint, cfnLintIsThere } from './matrix/lint';
import { BASES, channelOf, everyRow, pairsOf, ROWS, refusal } from './matrix/rows';
import { type MatrixStack, matrixStacks } from './matrix/stacks';

let stacks: readonly MatrixStack[] = [];
// cdk-nag and CDK's own validation run in it; a finding that is not acknowledged is an error.
beforeAll(() => {
  stacks = matrixStacks();
}, 180_000);

describe('the matrix of input, origin, redundancy, ladder and latency', () => {
  test('refuses what it must, by its sentence, and takes the rest', () => {
    const said = BASES.map((base) => [base, problems(base)]);
    const due = BASES.map((base) => [base, [refusal(base)].filter((sentence) => sentence !== undefined)]);
    expect(said).toEqual(due);
  });

  test('has every combination of the first three, and every pair with a ladder or a latency', () => {
    const taken = BASES.filter((base) => refusal(base) === undefined);
    const key = ({ input, origin, redundancy }: (typeof BASES)[number]) => `${input} ${origin} ${redundancy}`;
    expect(new Set(ROWS.map(key))).toEqual(new Set(taken.map(key)));
    expect(new Set(ROWS.flatMap(pairsOf))).toEqual(new Set(everyRow(taken).flatMap(pairsOf)));
    expect(stacks.flatMap(({ rows }) => rows)).toHaveLength(ROWS.length);
  });

  test('synthesizes to templates whose names, paths, renditions and permissions agree', () => {
    expect(stacks.flatMap((stack) => complaints(stack, stack.template))).toEqual([]);
  });

  test(cfnLintIsThere
    ? 'passes cfn-lint, each set of resources once'
    : 'is not checked by cfn-lint, which is not on this machine', () => {
    if (!cfnLintIsThere) {
      console.warn('cfn-lint is not on the PATH: the matrix was checked by cdk-nag and CDK only.');
      return;
    }
    expect(cfnLint(stacks.map(({ file }) => file))).toEqual([]);
  }, 180_000);
});

describe('a seeded fault', () => {
  test.each([
    [
      'media-package',
      /\/out\/v1\/STACK\/m0\/cmaf\/index\.mpd of the player’s configuration is served by nothing/,
      (text: string) => text.replace('"ManifestName":"index"', '"ManifestName":"wrong"'),
    ],
    [
      's3',
      /\/live\/m0\/index\.m3u8 of the Outputs is served by nothing/,
      (text: string) => text.replace('/live/m0/index"', '/live/m0/wrong"'),
    ],
    [
      'media-package',
      /m0: audio selector \S+ exists, and is not used/,
      (text: string) => text.replace('"AudioSelectorName":"', '"AudioSelectorName":"no-'),
    ],
    [
      's3',
      /m0: destination bucket exists, and is not used/,
      (text: string) => text.replaceAll('"DestinationRefId":"bucket"', '"DestinationRefId":"packager"'),
    ],
    [
      's3',
      /is routed by no behaviour/,
      (text: string) => text.replaceAll('"PathPattern":"/live/', '"PathPattern":"/other/'),
    ],
    [
      'media-package',
      /m0 \(test-clip\): s3:GetObject <TestClipBucket>\/test-clip\.mp4 is missing/,
      (text: string) => text.replaceAll('"Action":"s3:GetObject"', '"Action":"s3:HeadObject"'),
    ],
    [
      's3',
      /m0 \(test-clip\): s3:PutObject <OriginBucket>\/live\/m0\/\* is missing/,
      (text: string) => text.replace('"s3:GetObject","s3:PutObject"]', '"s3:GetObject"]'),
    ],
    [
      'media-package',
      /packager m0 is written to, and does not exist/,
      (text: string) => text.replaceAll('"ChannelName":"m0","InputType"', '"ChannelName":"x","InputType"'),
    ],
  ])('in the origin %s is found: %s', (origin, sentence, seed) => {
    const stack = stacks.find((one) => one.origin === origin);
    if (stack === undefined) throw new Error(`There is no stack with the origin ${origin}`);
    const sound = JSON.stringify(stack.template);
    const faulty = seed(sound);
    expect(faulty).not.toBe(sound);
    expect(complaints(stack, JSON.parse(faulty) as Template)).toContainEqual(expect.stringMatching(sentence));
  });
});

function problems(base: (typeof BASES)[number]): readonly string[] {
  try {
    const channel = channelOf({ ...base, ladder: 'hd-720p', latency: 'standard' }, 'main');
    liveStream({ origin: leastOrigin(base.origin), channels: [channel] });
    return [];
  } catch (error) {
    if (error instanceof DescriptionError) return error.problems;
    throw error;
  }
}
