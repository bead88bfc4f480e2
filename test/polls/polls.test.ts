import { describe, expect, test } from '@jest/globals';
import { problems } from '../channel/problems';
import { grants, inline } from '../stream/grants';
import { mainChannel, only, resources, stageChannel, synth } from '../stream/synth';

const asking = { ...mainChannel, timedMetadata: true, polls: true };

describe('polls in the description', () => {
  test.each<[string, object, RegExp]>([
    [
      'without timed ID3',
      { channels: [{ ...asking, timedMetadata: false }] },
      /^channels\[0\].polls: .*timedMetadata: true$/,
    ],
    [
      'with an origin that packages nothing',
      { origin: 's3', channels: [asking] },
      /channels\[0\].polls: .* the origin s3;/,
    ],
    [
      'with MediaPackage v1',
      { origin: 'media-package-v1', channels: [{ ...asking, timedMetadata: false }] },
      /channels\[0\].polls: .* the origin media-package-v1;/,
    ],
  ])('are refused %s', (_, described, sentence) => {
    expect(problems(described).join('\n')).toMatch(sentence);
  });
});

describe('a stack without polls', () => {
  test('has nothing of them', () => {
    expect(JSON.stringify(synth({ channels: [{ ...mainChannel, timedMetadata: true }] }))).not.toMatch(/poll/i);
  });
});

describe('a stack with polls', () => {
  const template = synth({ channels: [asking, stageChannel] });

  test('takes votes and tells the result from its own edge', () => {
    const { DistributionConfig: edge } = only(template, 'AWS::CloudFront::Distribution').Properties as {
      DistributionConfig: { CacheBehaviors: readonly Readonly<Record<string, unknown>>[] };
    };
    expect(edge.CacheBehaviors.slice(0, 2)).toMatchObject([
      { PathPattern: '/polls/vote', TargetOriginId: 'polls', AllowedMethods: expect.arrayContaining(['POST']) },
      { PathPattern: '/polls/result', TargetOriginId: 'polls', AllowedMethods: ['GET', 'HEAD'] },
    ]);
  });

  test('keeps a result for two seconds, for each poll', () => {
    const policy = resources(template, 'AWS::CloudFront::CachePolicy').find(({ id }) => /PollsResults/.test(id));
    expect(policy?.Properties).toMatchObject({
      CachePolicyConfig: {
        MinTTL: 0,
        MaxTTL: 2,
        ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig: { QueryStrings: ['poll'] } },
      },
    });
  });

  test('lets the function read and write its table, and nothing else', () => {
    const allowed = grants(inline(template, /PollsDesk/)).filter((line) => !line.startsWith('logs:'));
    expect(allowed.map((line) => line.replace(/<PollsTable[^>]*>/, '<table>')).sort()).toEqual([
      'dynamodb:DeleteItem <table>',
      'dynamodb:GetItem <table>',
      'dynamodb:PutItem <table>',
      'dynamodb:UpdateItem <table>',
    ]);
  });

  test('tells the function which channels everybody may vote on', () => {
    const open = { ...asking, ...stageChannel, timedMetadata: true, polls: true, access: 'public' as const };
    const guarded = synth({ access: {}, channels: [asking, open] });
    const desk = resources(guarded, 'AWS::Lambda::Function').find(({ id }) => /^PollsDesk/.test(id));
    const { Variables } = Object(desk?.Properties['Environment']) as { Variables: Readonly<Record<string, string>> };
    expect(JSON.parse(Variables['CHANNELS'] ?? '')).toEqual({ main: { isPublic: false }, stage: { isPublic: true } });
    expect(Object.keys(Variables)).toContain('VIEWER_TABLE');
  });

  test('leaves the policy of the page as it is', () => {
    const policyOf = (made: typeof template) =>
      JSON.stringify(resources(made, 'AWS::CloudFront::ResponseHeadersPolicy').map(({ Properties }) => Properties));
    expect(policyOf(template)).toBe(policyOf(synth({ channels: [mainChannel, stageChannel] })));
  });

  test('tells the page of the polls of the channel that has them', () => {
    const text = JSON.stringify(template).replaceAll('\\', '');
    expect(text.match(/"polls":\{"path":"\/polls"\}/g)).toHaveLength(1);
  });
});
