import { beforeAll, describe, expect, test } from '@jest/globals';
import { problems as problemsOf } from '../channel/problems';
import type { Template } from '../stream/synth';
import { sampled } from '../thorough';
import { tellAbsent } from './judges/python';
import type { NamedTemplate } from './judges/templates';
import { requestVerdict, statementVerdict } from './judges/verdicts';
import { complaints } from './matrix/complaints';
import { INPUTS } from './matrix/expected-inputs';
import { ORIGINS } from './matrix/expected-origins';
import { EXPECTED, KINDS } from './matrix/kinds';
import { cfnLint, cfnLintIsThere } from './matrix/lint';
import {
  channelOf,
  coverage,
  describedBy,
  EVERY_ROW,
  ROWS,
  type Row,
  refusals,
  TO_COVER,
  wholeOf,
} from './matrix/rows';
import { type MatrixStack, matrixStacks } from './matrix/stacks';

let stacks: readonly MatrixStack[] = [];
// cdk-nag and CDK's own validation run in it; a finding that is not acknowledged is an error.
beforeAll(() => {
  stacks = matrixStacks();
});

describe('the matrix of input, origin, redundancy, ladder, latency, chat and polls', () => {
  test.each(Object.keys(EXPECTED) as (keyof typeof EXPECTED)[])('knows what every %s must come to', (axis) => {
    expect(Object.keys(EXPECTED[axis]).sort()).toEqual([...KINDS[axis]].sort());
  });

  test('refuses of all combinations what it must, by its sentence, and takes the rest', () => {
    const wrong = EVERY_ROW.flatMap((row) => {
      const due = refusals(row);
      const said = problems(row);
      const asDue = said.length === due.length && due.every((gist) => said.some((sentence) => gist.test(sentence)));
      return asDue ? [] : [{ row, said, due }];
    });
    expect(wrong).toEqual([]);
  });

  test('synthesizes every combination of input and origin (and redundancy, when thorough), and every pair of all six', () => {
    const bases = EVERY_ROW.filter((row) => refusals({ ...row, ladder: 'hd-720p', beside: 'nothing' }).length === 0);
    expect(new Set(ROWS.map(wholeOf))).toEqual(new Set(bases.map(wholeOf)));
    expect(new Set(ROWS.flatMap(coverage))).toEqual(TO_COVER);
    expect(stacks.flatMap(({ rows }) => rows)).toHaveLength(ROWS.length);
  });

  test('makes templates whose references, names, paths, renditions and permissions are as they must be', () => {
    expect(stacks.flatMap((stack) => complaints(stack, stack.template))).toEqual([]);
  });

  test('asks the services for nothing that the models of AWS do not know', () => {
    expect(requestVerdict(namedTemplates(), 'the matrix')).toEqual([]);
  });

  test('grants actions that exist, on resources of their types', () => {
    expect(statementVerdict(namedTemplates(), 'the matrix')).toEqual([]);
  });

  test(
    cfnLintIsThere
      ? 'passes cfn-lint, each set of resources once'
      : 'is not checked by cfn-lint, which is not on this machine',
    () => {
      if (!cfnLintIsThere) {
        tellAbsent('cfn-lint', 'the matrix');
        return;
      }
      expect(cfnLint(sampled(stacks, 3).map(({ file }) => file))).toEqual([]);
    },
  );
});

describe('a seeded fault', () => {
  test.each<[string, string, (text: string) => string, RegExp]>([
    [
      'a manifest by another name',
      'media-package',
      (text) => text.replace('"ManifestName":"index"', '"ManifestName":"wrong"'),
      /: in what is served, \/out\/v1\/STACK\/m0\/cmaf\/index\.m3u8 is missing/,
    ],
    [
      'a manifest by another name',
      'media-package-v1',
      (text) => text.replace('"ManifestName":"index"', '"ManifestName":"wrong"'),
      /: in what is served, \/out\/v1\/<Originm0HlsEndpoint\.Arn\/1>\/index\.m3u8 is missing/,
    ],
    [
      'another path of the encoder',
      's3',
      (text) => text.replace('/live/m0/index"', '/live/m0/wrong"'),
      /^m0: destination s3ssl:\/\/<OriginBucket>\/live\/m0\/index is missing/,
    ],
    [
      'another path of the encoder',
      'media-store',
      (text) => text.replace('/live/m0/index"', '/live/m0/wrong"'),
      /: in what is served, \/live\/m0\/index\.m3u8 is missing/,
    ],
    [
      'another path in the player',
      's3',
      (text) => text.replace('\\"url\\":\\"/live/m0/', '\\"url\\":\\"/love/m0/'),
      /: in the player’s configuration, \/live\/m0\/index\.m3u8 is missing/,
    ],
    [
      'another pattern of the edge',
      'media-store',
      (text) => text.replaceAll('"PathPattern":"/live/', '"PathPattern":"/other/'),
      /: \/live\/m0\/index\.m3u8 is routed by no behaviour/,
    ],
    [
      'another host for the edge',
      'media-package-v1',
      (text) => text.replace(/"Url"\]/, '"Arn"]'),
      /: in what the edge reads, <Originm0HlsEndpoint\.Url\/2> is missing/,
    ],
    [
      'another packager',
      'media-package',
      (text) => text.replaceAll('"ChannelName":"m0","InputType"', '"ChannelName":"x","InputType"'),
      /^m0: packager STACK\/m0 is written to, and does not exist/,
    ],
    [
      'a destination that nothing writes to',
      's3',
      (text) => text.replaceAll('"DestinationRefId":"bucket"', '"DestinationRefId":"packager"'),
      /^m0: destination bucket exists, and is not used/,
    ],
    [
      'sound of nowhere',
      'media-package',
      (text) => text.replace('"AudioSelectorName":"', '"AudioSelectorName":"no-'),
      /^m0: audio selector \S+ exists, and is not used/,
    ],
    [
      'a rendition of another bitrate',
      's3',
      (text) => text.replace('"Name":"video-', '"Name":"video-9'),
      /^m\d: rendition video-\S+ is missing/,
    ],
    [
      'a longer GOP',
      'media-package',
      (text) => text.replace(/"GopSize":\d/, '"GopSize":9'),
      /^m\d: rendition video-\S+: \d+ frames\/s, GOP 9 s is to spare/,
    ],
    [
      'longer segments',
      'media-package-v1',
      (text) => text.replace(/"SegmentDurationSeconds":\d/, '"SegmentDurationSeconds":9'),
      /^m\d: segments of 9 s, not \d/,
    ],
    [
      'a chat room of another channel',
      'media-package-v1',
      (text) => text.replace(/("Name":")m(?=\d"\},"DependsOn":\["ChatRoom)/, '$1x'),
      /^chat room m\d is missing/,
    ],
    [
      'a chat that nobody reviews',
      's3',
      (text) => text.replaceAll('"Principal":"ivschat.amazonaws.com"', '"Principal":"ivs.amazonaws.com"'),
      /^chat room m\d without a review is to spare/,
    ],
    [
      'votes for nobody',
      'media-package',
      (text) => text.replace('"PathPattern":"/polls/vote"', '"PathPattern":"/polls/votes"'),
      /^\/polls\/vote is routed to undefined, not to polls/,
    ],
    [
      'a reference to nothing',
      'media-package',
      (text) => text.replace(/"RoleArn":\{"Fn::GetAtt":\["Encoder/, '"RoleArn":{"Fn::GetAtt":["Other'),
      /^Encoder\S+ refers to Other\S+, which is not in the template/,
    ],
  ])('%s, in the origin %s, is found', (_, origin, seed, sentence) => {
    const seeded = stacks
      .filter((one) => one.origin === origin)
      .map((stack) => ({ stack, sound: JSON.stringify(stack.template) }))
      .find(({ sound }) => seed(sound) !== sound);
    if (seeded === undefined) throw new Error(`No stack with the origin ${origin} has what is to be made wrong.`);
    const { stack, sound } = seeded;
    const faulty = seed(sound);
    expect(complaints(stack, JSON.parse(faulty) as Template)).toContainEqual(expect.stringMatching(sentence));
  });

  test.each(
    [
      ...Object.entries(INPUTS).flatMap(([kind, { encoderMay, inputMay = [] }]) => [
        ['input', kind, 'Encoder', encoderMay[0]] as const,
        ['input', kind, 'Input', inputMay[0]] as const,
      ]),
      ...Object.entries(ORIGINS).map(([kind, may]) => ['origin', kind, 'Encoder', may.encoderMay('m0')[0]] as const),
    ].filter(([, , , grant]) => grant !== undefined),
  )('for the %s %s, in the role of its %s, a lack of %s is found', (axis, kind, owner, grant = '') => {
    const stack = stacks.find(({ rows }) => rows.some((row) => row[axis] === kind));
    const row = stack?.rows.find((one) => one[axis] === kind);
    if (stack === undefined || row === undefined) throw new Error(`There is no row with ${axis} ${kind}`);
    const faulty = without(stack.template, new RegExp(`^${owner}${row.name}Role`), grant.split(' ')[0] ?? '');
    expect(complaints(stack, faulty)).toContainEqual(expect.stringContaining(` may ${grant} is missing`));
  });
});

function namedTemplates(): readonly NamedTemplate[] {
  return stacks.map(({ origin, template }, index) => [`stack ${index} (${origin})`, template]);
}

/** A template in whose role no statement has the action. */
function without(template: Template, roleId: RegExp, action: string): Template {
  const Resources = Object.entries(template.Resources).map(([id, resource]) => [
    id,
    roleId.test(id) ? JSON.parse(JSON.stringify(resource).replaceAll(`"${action}"`, `"${action}Not"`)) : resource,
  ]);
  return { ...template, Resources: Object.fromEntries(Resources) as Template['Resources'] };
}

function problems(row: Row): readonly string[] {
  return problemsOf(describedBy(row.origin, [channelOf(row, 'main')]));
}
