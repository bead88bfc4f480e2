import { describe, expect, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { MANAGED_RESPONSE_HEADERS_POLICIES } from '../../../src/services/cloudfront/control/managed-policies';
import { declaredResponseHeadersPolicy } from '../../../src/services/cloudfront/control/response-headers-policy';
import { applyResponseHeaders, type CorsRequest } from '../../../src/services/cloudfront/edge/response-headers';
import type { ResponseHeaders } from '../../../src/services/cloudfront/messages';

const declare = (config: Properties) =>
  declaredResponseHeadersPolicy({
    stackName: 's',
    stackId: 's',
    logicalId: 'Headers',
    type: 'AWS::CloudFront::ResponseHeadersPolicy',
    properties: { ResponseHeadersPolicyConfig: { Name: 'n', ...config } },
  });

const cors = (rules: Properties = {}) =>
  declare({
    CorsConfig: {
      AccessControlAllowCredentials: false,
      AccessControlAllowHeaders: { Items: ['*'] },
      AccessControlAllowMethods: { Items: ['GET', 'HEAD'] },
      AccessControlAllowOrigins: { Items: ['*'] },
      AccessControlMaxAgeSec: 600,
      OriginOverride: true,
      ...rules,
    },
  });

const from = (origin: string | undefined, method = 'GET', requestedMethod?: string): CorsRequest => ({
  method,
  origin,
  requestedMethod,
});

function applied(
  policy: Parameters<typeof applyResponseHeaders>[0],
  request: CorsRequest,
  headers: ResponseHeaders = {},
) {
  const result = { ...headers };
  applyResponseHeaders(policy, result, request);
  return Object.fromEntries(Object.entries(result).filter(([, value]) => value !== undefined));
}

describe('CORS headers', () => {
  test('go to requests of another origin only', () => {
    expect(applied(cors(), from(undefined))).toEqual({});
    expect(applied(cors(), from('http://a'))).toEqual({ 'access-control-allow-origin': '*' });
  });

  test('of a preflight give methods, headers and a lifetime', () => {
    expect(applied(cors(), from('http://a', 'OPTIONS', 'GET'))).toEqual({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': '*',
      'access-control-max-age': '600',
    });
    expect(applied(cors(), from('http://a', 'OPTIONS'))).toEqual({ 'access-control-allow-origin': '*' });
  });

  test.each([
    ['https://app.example.com', ['https://app.example.com'], 'https://app.example.com'],
    ['https://app.example.com', ['app.example.com'], 'https://app.example.com'],
    ['https://app.example.com', ['https://*.example.com'], 'https://app.example.com'],
    ['https://app.example.com', ['*.example.com'], 'https://app.example.com'],
    ['https://example.com', ['https://*.example.com'], undefined],
    ['http://app.example.com', ['https://*.example.com'], undefined],
    ['https://evil.com', ['https://app.example.com'], undefined],
  ])('allow %s by %j as %s, and vary with it', (origin, Items, expected) => {
    const headers = applied(cors({ AccessControlAllowOrigins: { Items } }), from(origin), { vary: 'Accept-Encoding' });
    expect(headers['access-control-allow-origin']).toBe(expected);
    expect(headers['vary']).toBe(expected === undefined ? 'Accept-Encoding' : 'Accept-Encoding, Origin');
  });

  test('of the origin are replaced only when the policy overrides', () => {
    const own = { 'access-control-allow-origin': 'http://mine' };
    expect(applied(cors(), from('http://a'), own)).toEqual({ 'access-control-allow-origin': '*' });
    expect(applied(cors({ OriginOverride: false }), from('http://a'), own)).toEqual(own);
  });

  test('name every method for ALL, credentials and exposed headers', () => {
    const policy = cors({
      AccessControlAllowOrigins: { Items: ['http://a'] },
      AccessControlAllowMethods: { Items: ['ALL'] },
      AccessControlAllowCredentials: true,
      AccessControlExposeHeaders: { Items: ['x-cache', 'age'] },
    });
    expect(applied(policy, from('http://a', 'OPTIONS', 'PUT'))).toMatchObject({
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT',
      'access-control-expose-headers': 'x-cache, age',
    });
  });
});

describe('security, custom and removed headers', () => {
  const config = {
    SecurityHeadersConfig: {
      ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'", Override: true },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: false },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Preload: true, Override: true },
      XSSProtection: { Protection: true, ModeBlock: true, Override: true },
    },
    CustomHeadersConfig: { Items: [{ Header: 'X-Stream', Value: 'live', Override: false }] },
    RemoveHeadersConfig: { Items: [{ Header: 'X-Powered-By' }, { Header: 'Server' }] },
  };

  test('are added and removed', () => {
    expect(applied(declare(config), from(undefined), { 'x-powered-by': 'php', server: 'nginx' })).toEqual({
      server: 'CloudFront',
      'content-security-policy': "default-src 'self'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=60; includeSubDomains; preload',
      'x-xss-protection': '1; mode=block',
      'x-stream': 'live',
    });
  });

  test('keep the headers of the origin that they do not override', () => {
    const own = { 'x-frame-options': 'SAMEORIGIN', 'x-stream': 'own', 'referrer-policy': 'origin' };
    expect(applied(declare(config), from(undefined), own)).toMatchObject({ ...own, 'referrer-policy': 'no-referrer' });
  });

  test.each<[string, Properties, string]>([
    [
      'Server-Timing',
      { ServerTimingHeadersConfig: { Enabled: true, SamplingRate: 1 } },
      'ServerTimingHeadersConfig.Enabled',
    ],
    [
      'a header that CloudFront keeps',
      { RemoveHeadersConfig: { Items: [{ Header: 'Via' }] } },
      'via was given; CloudFront does not allow its removal',
    ],
    ['a setting that it does not know', { FutureConfig: {} }, 'Headers.ResponseHeadersPolicyConfig.FutureConfig'],
  ])('refuse %s', (_, extra, sentence) => {
    expect(() => declare(extra)).toThrow(sentence);
  });
});

describe('the managed policies', () => {
  const managed = (id: string, request: CorsRequest) => {
    const policy = MANAGED_RESPONSE_HEADERS_POLICIES[id];
    if (policy === undefined) throw new Error(id);
    return Object.keys(applied(policy, request));
  };
  const security = [
    'referrer-policy',
    'strict-transport-security',
    'x-content-type-options',
    'x-frame-options',
    'x-xss-protection',
  ];
  const origin = 'access-control-allow-origin';
  const preflight = [origin, 'access-control-expose-headers', 'access-control-allow-methods'];
  test.each([
    ['SimpleCORS', '60669652-455b-4ae9-85a4-c4c02393f86c', [origin]],
    ['CORS-With-Preflight', '5cc3b908-e619-4b99-88e5-2cf7f45965bd', preflight],
    ['SecurityHeadersPolicy', '67f7725c-6f97-4210-82d7-5512b31e9d03', security],
    ['CORS-and-SecurityHeadersPolicy', 'e61eb60c-9c35-4d20-a928-2b84e02af89c', [origin, ...security]],
    [
      'CORS-with-preflight-and-SecurityHeadersPolicy',
      'eaab4381-ed33-4a86-88ca-d9558dc6cd63',
      [...preflight, ...security],
    ],
  ])('%s adds its headers to a preflight', (_, id, names) => {
    expect(managed(id, from('http://a', 'OPTIONS', 'GET'))).toEqual(names);
  });
});
