import { describe, expect, test } from '@jest/globals';
import { gateCode } from '../../bin/build/gate';
import { only, resources } from '../stream/synth';
import {
  distribution,
  environment,
  gateOf,
  gateSettings,
  ISSUER,
  mediaBehaviors,
  requestPolicy,
  synthAccess,
  textOf,
} from './templates';

const ID = 'x'.repeat(32);
const PREFLIGHT = ['Origin', 'Access-Control-Request-Headers', 'Access-Control-Request-Method'];

describe('viewer access with an issuer of one’s own, in some countries, without links', () => {
  const template = synthAccess({ signIn: ISSUER, links: false, countries: ['DE', 'AT'] });

  test('has no user pool', () => {
    expect(Object.values(template.Resources).filter(({ Type }) => Type.startsWith('AWS::Cognito'))).toEqual([]);
    expect(template.Outputs).not.toHaveProperty('ViewerPoolId');
  });

  test('tells the function the issuer, the client, the claim of groups and the countries', () => {
    expect(JSON.parse(textOf(environment(template, 'AccessSessionsFunction')['RULES']))).toMatchObject({
      signIn: { kind: 'issuer', ...ISSUER, groupsClaim: 'groups' },
      countries: ['DE', 'AT'],
    });
  });

  test('has no secret of links, and no function that reads one', () => {
    expect(resources(template, 'AWS::SecretsManager::Secret').map(({ id }) => id.slice(0, -8))).toEqual([
      'AccessKeySecret',
    ]);
    for (const id of ['AccessSessionsFunction', 'AccessKeysFunction']) {
      expect(environment(template, id)).not.toHaveProperty('LINK_SECRET_ARN');
    }
    expect(JSON.stringify(template)).not.toContain('LinkSecret');
  });

  test('hands the country to the gate beside the cache key', () => {
    expect(gateSettings(template).countries).toEqual(['DE', 'AT']);
    for (const behavior of mediaBehaviors(template)) {
      expect(requestPolicy(template, behavior)).toMatchObject({
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['CloudFront-Viewer-Country'] },
        QueryStringsConfig: { QueryStringBehavior: 'none' },
      });
    }
    for (const { Properties } of resources(template, 'AWS::CloudFront::CachePolicy')) {
      expect(JSON.stringify(Properties)).not.toContain('Viewer-Country');
    }
  });
});

describe('the folders of the gate', () => {
  test('are the channels of MediaPackage v2, by their names', () => {
    expect(gateSettings(synthAccess()).folders).toEqual([
      { path: `/out/v1/${ID}/main/`, channel: 'main', isPublic: false },
      { path: `/out/v1/${ID}/gold/`, channel: 'gold', isPublic: false },
      { path: `/out/v1/${ID}/free/`, channel: 'free', isPublic: true },
    ]);
  });

  test('are the endpoints of MediaPackage v1, by their ids', () => {
    const template = synthAccess({}, { origin: { kind: 'media-package-v1', formats: ['hls', 'dash'] } });
    const path = `/out/v1/${ID}/`;
    expect(gateSettings(template).folders).toEqual(
      ['main', 'main', 'gold', 'gold', 'free', 'free'].map((channel) => ({
        path,
        channel,
        isPublic: channel === 'free',
      })),
    );
  });

  test.each(['s3', 'media-store'] as const)('are the channels in the store of the origin %s', (kind) => {
    const origin = kind === 's3' ? kind : ({ kind, acknowledgeDiscontinued: true } as const);
    const template = synthAccess({ countries: ['DE'] }, { origin });
    expect(gateSettings(template).folders.map(({ path }) => path)).toEqual([
      '/live/main/',
      '/live/gold/',
      '/live/free/',
    ]);
    expect(mediaBehaviors(template).map(({ PathPattern }) => PathPattern)).toEqual([
      '/s/*/live/*.m3u8',
      '/s/*/live/*',
      '/live/*.m3u8',
      '/live/*',
    ]);
    for (const behavior of mediaBehaviors(template)) {
      // The headers of a preflight stay beside the country.
      expect(requestPolicy(template, behavior)).toMatchObject({
        HeadersConfig: { Headers: ['CloudFront-Viewer-Country', ...PREFLIGHT] },
      });
    }
  });
});

describe('the groups of the user pool', () => {
  test('are each there once, whichever channels name them', () => {
    const input = { kind: 'test-clip' } as const;
    const template = synthAccess(
      {},
      {
        channels: [
          { name: 'a', input, access: { groups: ['gold', 'staff'] } },
          { name: 'b', input, access: { groups: ['staff', 'gold'] } },
          { name: 'c', input },
        ],
      },
    );
    expect(resources(template, 'AWS::Cognito::UserPoolGroup').map(({ Properties }) => Properties['GroupName'])).toEqual(
      ['gold', 'staff'],
    );
  });
});

describe('the size of the gate', () => {
  test('is below what CloudFront allows for ten channels with long names, all endpoints and 25 countries', () => {
    const input = { kind: 'test-clip' } as const;
    const names = Array.from({ length: 10 }, (_, index) => `channel-${index}-`.padEnd(32, 'x'));
    const countries = 'DE,AT,CH,FR,IT,ES,PT,PL,CZ,SK,HU,SI,HR,NL,BE,LU,DK,SE,NO,FI,EE,LV,LT,IE,GB'.split(',');
    const template = synthAccess(
      { countries },
      {
        origin: { kind: 'media-package-v1', formats: ['hls', 'dash', 'cmaf'] },
        channels: names.map((name) => ({ name, input })),
        operations: false,
      },
    );
    const [, settings = ''] = gateOf(template).split('\nconst GATE=');
    expect(gateSettings(template).folders).toHaveLength(30);
    expect(Buffer.byteLength(`${gateCode()}\nconst GATE=${settings}`)).toBeLessThanOrEqual(10_240);
  });
});

describe('an edge with a domain, countries and a web ACL of its operator', () => {
  const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555';
  const webAclArn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/live/11111111-2222-3333-4444-555555555555';
  const template = synthAccess(
    {},
    { edge: { domain: { name: 'live.example.com', certificateArn }, countries: ['DE'], webAclArn } },
  );

  test('answers at the domain, with its certificate and TLS 1.2', () => {
    expect(distribution(template)).toMatchObject({
      Aliases: ['live.example.com'],
      ViewerCertificate: { AcmCertificateArn: certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
      Restrictions: { GeoRestriction: { RestrictionType: 'whitelist', Locations: ['DE'] } },
      WebACLId: webAclArn,
    });
    expect(textOf(template.Outputs['PlayerUrl']?.Value)).toBe('https://live.example.com/');
  });

  test('lets viewers come back to both names after a sign-in', () => {
    const client = only(template, 'AWS::Cognito::UserPoolClient');
    expect((client.Properties['CallbackURLs'] as readonly unknown[]).map(textOf)).toEqual([
      `https://${ID}/`,
      'https://live.example.com/',
    ]);
  });
});
