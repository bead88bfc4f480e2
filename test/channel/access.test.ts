import { describe, expect, test } from '@jest/globals';
import { liveStream } from '../../lib/channel/live-stream';
import { problems } from './problems';

const main = { name: 'main', input: { kind: 'test-clip' } };
const described = (access: unknown, channel: object = {}, rest: object = {}) => ({
  access,
  channels: [{ ...main, ...channel }],
  ...rest,
});
const issuer = { issuer: 'https://id.example.com/realms/tv', clientId: 'player' };

describe('viewer access', () => {
  test('has defaults for every option', () => {
    expect(liveStream({ access: {}, channels: [{ name: 'main', input: { kind: 'test-clip' } }] }).access).toEqual({
      signIn: 'cognito',
      links: true,
      tokenMinutes: 10,
      sessionHours: 12,
      maxSessions: 2,
      whenFull: 'ask',
    });
  });

  test('is absent when it is left out', () => {
    expect(liveStream({ channels: [{ name: 'main', input: { kind: 'test-clip' } }] }).access).toBeUndefined();
  });

  test.each([
    [
      'a way in for nobody',
      described({ signIn: 'none', links: false }),
      'access.links: false was given with signIn: none; nobody could watch a private channel: allow one of the two',
    ],
    [
      'Smooth Streaming, which a distribution with edge functions does not deliver',
      described({}, {}, { origin: { kind: 'media-package-v1', formats: ['hls', 'mss'] } }),
      'access: access was given with the format mss; CloudFront delivers no Smooth Streaming where a function checks requests: leave mss out of the formats, or leave access out',
    ],
    [
      'groups where no sign-in tells them',
      described({ signIn: 'none' }, { access: { groups: ['gold'] } }),
      'channels[0].access: groups were given with signIn: none; only a sign-in tells the groups of a viewer: choose one, or leave the groups out',
    ],
    [
      'a private channel in a stack without viewer access',
      described(undefined, { access: 'viewers' }),
      'channels[0].access: "viewers" was given without access for the stack; add access: {} to the description, or leave it out',
    ],
    [
      'a country that is none',
      described({ countries: ['DE', 'UK'] }),
      'access.countries[1]: "UK" was given; a country as two capital letters of ISO 3166-1, such as DE, is needed',
    ],
    [
      'a group with a space in its name',
      described({}, { access: { groups: ['gold members'] } }),
      'channels[0].access.groups[0]: "gold members" was given; a letter or digit, then up to 63 letters, digits, hyphens and underscores is needed',
    ],
    [
      'an issuer without TLS',
      described({ signIn: { ...issuer, issuer: 'http://id.example.com' } }),
      'access.signIn.issuer: "http://id.example.com" was given; the https URL of an OpenID Connect issuer, without a query, is needed',
    ],
  ])('refuses %s', (_, description, sentence) => {
    expect(problems(description)).toEqual([sentence]);
  });

  test.each([
    ['a sign-in of one’s own, with groups', described({ signIn: issuer }, { access: { groups: ['gold', 'a_b-c'] } })],
    ['links alone', described({ signIn: 'none' }, { access: 'viewers' })],
    ['a public channel', described({ signIn: 'none' }, { access: 'public' })],
    [
      'MediaPackage v1 without Smooth Streaming',
      described({}, {}, { origin: { kind: 'media-package-v1', formats: ['hls'] } }),
    ],
  ])('takes %s', (_, description) => {
    expect(problems(description)).toEqual([]);
  });

  test.each([
    ['tokenMinutes', 5, 60],
    ['sessionHours', 1, 24],
    ['maxSessions', 1, 10],
  ])('takes %s from %d to %d', (option, least, most) => {
    for (const value of [least, most]) expect(problems(described({ [option]: value }))).toEqual([]);
    for (const value of [least - 1, most + 1]) expect(problems(described({ [option]: value }))).toHaveLength(1);
  });
});

describe('the edge', () => {
  const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555';
  const edge = (options: object) => problems({ edge: options, channels: [main] });

  test('takes a domain with a certificate', () => {
    expect(edge({ domain: { name: 'live.example.com', certificateArn } })).toEqual([]);
  });

  test.each([
    [
      'a certificate of another Region',
      { domain: { name: 'live.example.com', certificateArn: certificateArn.replace('us-east-1', 'eu-west-1') } },
      'edge.domain.certificateArn',
      'the ARN of an ACM certificate in us-east-1, the Region that CloudFront reads certificates from, is needed',
    ],
    [
      'a domain with a scheme',
      { domain: { name: 'https://live.example.com', certificateArn } },
      'edge.domain.name',
      'a host name in small letters, such as live.example.com, is needed',
    ],
    [
      'a web ACL of a Region',
      { webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/11111111-2222-3333-4444-555555555555' },
      'edge.webAclArn',
      'the ARN of a web ACL of AWS WAF with the scope CLOUDFRONT, which is in us-east-1, is needed',
    ],
  ])('refuses %s', (_, options, path, rule) => {
    const [sentence, ...more] = edge(options);
    expect(more).toEqual([]);
    expect(sentence).toMatch(new RegExp(`^${path.replaceAll('.', '\\.')}: "`));
    expect(sentence).toContain(rule);
  });
});
