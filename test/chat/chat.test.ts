import { describe, expect, test } from '@jest/globals';
import chat from '../../examples/chat';
import { chatOf } from '../../lib/channel/chat';
import { liveStream } from '../../lib/channel/live-stream';
import { mainChannel, synthesize, type Template } from '../stream/synth';

const resources = (template: Template, type: string) =>
  Object.values(template.Resources).filter((resource) => resource.Type === type);

const channels = (...chats: readonly (true | object)[]) =>
  chats.map((one, index) => ({ ...mainChannel, name: `main${index}`, chat: one }));

describe('chat', () => {
  const { template } = synthesize(chat);

  test('is a room for the channel that has it, and no other', () => {
    const rooms = resources(template, 'AWS::IVSChat::Room');
    expect(rooms).toHaveLength(1);
    expect(rooms[0]?.Properties).toMatchObject({
      Name: 'main',
      MaximumMessageLength: 200,
      MaximumMessageRatePerSecond: 10,
      MessageReviewHandler: { FallbackResult: 'ALLOW' },
    });
  });

  test('opens one host more for the page', () => {
    const policies = JSON.stringify(resources(template, 'AWS::CloudFront::ResponseHeadersPolicy'));
    expect(policies).toContain("connect-src 'self' https: wss://edge.ivschat.");
    expect(policies.match(/wss:/g)).toHaveLength(1);
  });

  test('lets IVS Chat invoke the review for rooms of this account alone', () => {
    const permissions = resources(template, 'AWS::Lambda::Permission').filter(
      ({ Properties }) => Properties['Principal'] === 'ivschat.amazonaws.com',
    );
    expect(permissions).toHaveLength(1);
    expect(permissions[0]?.Properties).toMatchObject({ SourceAccount: { Ref: 'AWS::AccountId' } });
  });

  test('gives the review no right but to its own log', () => {
    const role = Object.entries(template.Resources).find(([id]) => /^ChatRoomMainReviewRole/.test(id))?.[1];
    expect(JSON.stringify(role?.Properties['Policies']).match(/"[a-z]+:[A-Z]\w+"/g)).toEqual([
      '"logs:CreateLogStream"',
      '"logs:PutLogEvents"',
    ]);
  });

  test('is refused in a Region without IVS Chat, with the Regions that have it', () => {
    expect(JSON.stringify(template.Rules?.['RegionHasChat'])).toMatch(/eu-central-1, eu-west-1, us-east-1, us-west-2/);
  });

  test('keeps what was said for its days, where it is asked for', () => {
    const [configuration] = resources(template, 'AWS::IVSChat::LoggingConfiguration');
    expect(configuration?.Properties).toMatchObject({ DestinationConfiguration: { S3: {} } });
    const buckets = JSON.stringify(resources(template, 'AWS::S3::Bucket'));
    expect(buckets).toContain('"ExpirationInDays":30');
    const without = synthesize({ channels: channels(true) }).template;
    expect(resources(without, 'AWS::IVSChat::LoggingConfiguration')).toEqual([]);
  });

  test('leaves no trace where no channel has it', () => {
    expect(JSON.stringify(synthesize({}).template)).not.toMatch(/chat/i);
  });

  test('recognises the viewers of private channels, and lets guests into public ones', () => {
    const described = {
      access: {},
      channels: [...channels(true), { ...mainChannel, access: 'public' as const, chat: true as const }],
    };
    const { template: made } = synthesize(described);
    const environments = resources(made, 'AWS::Lambda::Function').map(({ Properties }) => JSON.stringify(Properties));
    const [desk = ''] = environments.filter((text) => text.includes('"ROOMS":'));
    expect(desk).toContain('VIEWER_TABLE');
    // The gate at the edge tells public channels as well, so only the function's own rules count.
    expect(desk.match(/isPublic[\\":]+(true|false)/g)?.map((text) => text.replace(/\W/g, ''))).toEqual([
      'isPublicfalse',
      'isPublictrue',
    ]);
  });
});

describe('the description of a chat', () => {
  const refused =
    (chatOptions: object, more: object = {}) =>
    () =>
      liveStream({ ...more, channels: channels(chatOptions) });

  test('has defaults', () => {
    expect(chatOf({ chat: true })).toMatchObject({ links: 'refuse', whenLate: 'allow', slowSeconds: 0 });
  });

  test.each([
    ['words of two', { words: ['two words'] }, /one word of 2 to 40 letters/],
    [
      'more words than a function has room for',
      { words: Array.from({ length: 300 }, (_, at) => `forbidden${at}`) },
      /300 words of \d+ bytes were given, counting 5 more for each word; .* has room for 4000: give fewer words/,
    ],
    [
      'words whose letters take two bytes',
      { words: Array.from({ length: 200 }, (_, at) => `слово${String(at).padStart(6, 'ы')}`) },
      /has room for 4000/,
    ],
    ['a rate that CloudFormation does not take', { messagesPerSecond: 11 }, /messagesPerSecond/],
    ['groups of moderators without a sign-in', { moderatorGroups: ['staff'] }, /only a sign-in tells the groups/],
  ])('refuses %s', (_, options, sentence) => {
    expect(refused(options)).toThrow(sentence);
  });

  test('takes groups of moderators with a sign-in, and not with links alone', () => {
    expect(refused({ moderatorGroups: ['staff'] }, { access: {} })).not.toThrow();
    expect(refused({ moderatorGroups: ['staff'] }, { access: { signIn: 'none' } })).toThrow(/only a sign-in/);
  });
});
