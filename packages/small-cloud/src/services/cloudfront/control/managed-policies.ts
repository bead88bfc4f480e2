import { type CachePolicy, type OriginRequestPolicy, select } from './policies';
import type { ResponseHeadersPolicy } from './response-headers-policy';

const DAY = 86_400;
const YEAR = 365 * DAY;
const NONE = select('none');
const ALL = select('all');

const optimized: CachePolicy = {
  minTtl: 1,
  defaultTtl: DAY,
  maxTtl: YEAR,
  query: NONE,
  headers: NONE,
  cookies: NONE,
  gzip: true,
  brotli: true,
};
const originControlled: CachePolicy = {
  ...optimized,
  minTtl: 0,
  defaultTtl: 0,
  headers: select(
    'whitelist',
    ['Host', 'Origin', 'X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'],
    true,
  ),
  cookies: ALL,
};

/**
 * AWS's managed cache policies, by id. `Amplify` is left out: its key contains the viewer's country, which the local
 * run does not know.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
export const MANAGED_CACHE_POLICIES: Readonly<Record<string, CachePolicy>> = {
  // CachingOptimized
  '658327ea-f89d-4fab-a63d-7e88639e58f6': optimized,
  // CachingOptimizedForUncompressedObjects
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': { ...optimized, gzip: false, brotli: false },
  // CachingDisabled
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': {
    ...optimized,
    minTtl: 0,
    defaultTtl: 0,
    maxTtl: 0,
    gzip: false,
    brotli: false,
  },
  // Elemental-MediaPackage
  '08627262-05a9-4f76-9ded-b50ca2e3a84f': {
    ...optimized,
    minTtl: 0,
    query: select('whitelist', ['aws.manifestfilter', 'start', 'end', 'm']),
    headers: select('whitelist', ['Origin'], true),
    brotli: false,
  },
  // UseOriginCacheControlHeaders
  '83da9c7e-98b4-4e11-a168-04f0df8e2c65': originControlled,
  // UseOriginCacheControlHeaders-QueryStrings
  '4cc15a8a-d715-48a4-82b8-cc0b614638fe': { ...originControlled, query: ALL },
};

const nothing: OriginRequestPolicy = { query: NONE, headers: NONE, cookies: NONE };
const corsHeaders = ['Origin', 'Access-Control-Request-Headers', 'Access-Control-Request-Method'];

/**
 * AWS's managed origin request policies, by id, except the one that adds `CloudFront-*` headers.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
export const MANAGED_ORIGIN_REQUEST_POLICIES: Readonly<Record<string, OriginRequestPolicy>> = {
  // UserAgentRefererHeaders
  'acba4595-bd28-49b8-b9fe-13317c0390fa': {
    ...nothing,
    headers: select('whitelist', ['User-Agent', 'Referer'], true),
  },
  // CORS-CustomOrigin
  '59781a5b-3903-41f3-afcb-af62929ccde1': { ...nothing, headers: select('whitelist', ['Origin'], true) },
  // CORS-S3Origin
  '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf': { ...nothing, headers: select('whitelist', corsHeaders, true) },
  // AllViewer
  '216adef6-5c7f-47e4-b989-5492eafa07d3': { query: ALL, headers: ALL, cookies: ALL },
  // Elemental-MediaTailor-PersonalizedManifests
  '775133bc-15f2-49f9-abea-afb2e0bf67d2': {
    ...nothing,
    query: ALL,
    headers: select('whitelist', [...corsHeaders, 'User-Agent', 'X-Forwarded-For'], true),
  },
  // AllViewerExceptHostHeader
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': { query: ALL, headers: select('allExcept', ['Host'], true), cookies: ALL },
  // HostHeaderOnly
  'bf0718e1-ba1e-49d1-88b1-f726733018ae': { ...nothing, headers: select('whitelist', ['Host'], true) },
};

const simpleCors: ResponseHeadersPolicy = {
  cors: {
    origins: ['*'],
    methods: [],
    headers: [],
    exposed: [],
    credentials: false,
    maxAgeSeconds: undefined,
    override: false,
  },
  remove: [],
  set: [],
};
const preflightCors: ResponseHeadersPolicy = {
  ...simpleCors,
  cors: {
    origins: ['*'],
    methods: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
    headers: [],
    exposed: ['*'],
    credentials: false,
    maxAgeSeconds: undefined,
    override: false,
  },
};
const security: ResponseHeadersPolicy = {
  cors: undefined,
  remove: [],
  set: [
    { name: 'referrer-policy', value: 'strict-origin-when-cross-origin', override: false },
    { name: 'strict-transport-security', value: `max-age=${YEAR}`, override: false },
    { name: 'x-content-type-options', value: 'nosniff', override: true },
    { name: 'x-frame-options', value: 'SAMEORIGIN', override: false },
    { name: 'x-xss-protection', value: '1; mode=block', override: false },
  ],
};

/**
 * AWS's managed response headers policies, by id.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html
 */
export const MANAGED_RESPONSE_HEADERS_POLICIES: Readonly<Record<string, ResponseHeadersPolicy>> = {
  // SimpleCORS
  '60669652-455b-4ae9-85a4-c4c02393f86c': simpleCors,
  // CORS-With-Preflight
  '5cc3b908-e619-4b99-88e5-2cf7f45965bd': preflightCors,
  // SecurityHeadersPolicy
  '67f7725c-6f97-4210-82d7-5512b31e9d03': security,
  // CORS-and-SecurityHeadersPolicy
  'e61eb60c-9c35-4d20-a928-2b84e02af89c': { ...security, cors: simpleCors.cors },
  // CORS-with-preflight-and-SecurityHeadersPolicy
  'eaab4381-ed33-4a86-88ca-d9558dc6cd63': { ...security, cors: preflightCors.cors },
};
