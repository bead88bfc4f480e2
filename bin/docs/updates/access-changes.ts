import type { LiveStreamInput } from '../../../lib/channel/live-stream';

type Access = NonNullable<LiveStreamInput['access']>;
type Edge = NonNullable<LiveStreamInput['edge']>;

const certificate = (id: string) => `arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-${id}`;
const webAclArn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/live/11111111-2222-3333-4444-555555555555';
const domain = { name: 'live.example.com', certificateArn: certificate('000000000001') };
const issuer = { issuer: 'https://id.example.com', clientId: 'player' };

/** Changes a stack with viewer access. */
const access = (change: Access, before: Access = {}) => ({ before: { access: before }, after: { access: change } });

/** Changes the options of a sign-in of one's own. */
const signIn = (change: object) => access({ signIn: { ...issuer, ...change } }, { signIn: issuer });

/** Changes a domain of one's own. */
const ofDomain = (change: Partial<typeof domain>) => ({
  before: { edge: { domain } },
  after: { edge: { domain: { ...domain, ...change } } },
});

const edge = (change: Edge) => ({ after: { edge: change } });

/** Changes who may watch the channel. */
const channel = (change: NonNullable<LiveStreamInput['channels'][number]['access']>) => {
  const main = { name: 'main', input: { kind: 'test-clip' } } as const;
  return {
    before: { access: {}, channels: [{ ...main, access: { groups: ['gold'] } }] },
    after: { access: {}, channels: [{ ...main, access: change }] },
  } satisfies Readonly<Record<string, LiveStreamInput>>;
};

/** Changes of who may watch, and of where the edge answers. */
export const ACCESS_UPDATES = [
  { option: 'edge.domain', change: 'a domain is added', ...edge({ domain }) },
  { option: 'edge.domain.name', ...ofDomain({ name: 'tv.example.com' }) },
  { option: 'edge.domain.certificateArn', ...ofDomain({ certificateArn: certificate('000000000002') }) },
  { option: 'edge.countries', ...edge({ countries: ['DE'] }) },
  { option: 'edge.webAclArn', ...edge({ webAclArn }) },
  { option: 'access', change: 'it is added', after: { access: {} } },
  { option: 'access.signIn', change: 'another sign-in', ...access({ signIn: issuer }) },
  { option: 'access.signIn.issuer', ...signIn({ issuer: 'https://other.example.com' }) },
  { option: 'access.signIn.clientId', ...signIn({ clientId: 'other' }) },
  { option: 'access.signIn.groupsClaim', ...signIn({ groupsClaim: 'roles' }) },
  { option: 'access.links', ...access({ links: false }) },
  { option: 'access.tokenMinutes', ...access({ tokenMinutes: 30 }) },
  { option: 'access.sessionHours', ...access({ sessionHours: 4 }) },
  { option: 'access.maxSessions', ...access({ maxSessions: 1 }) },
  { option: 'access.whenFull', ...access({ whenFull: 'refuse' }) },
  { option: 'access.countries', ...access({ countries: ['DE'] }) },
  { option: 'channels[].access', ...channel('public') },
  { option: 'channels[].access.groups', ...channel({ groups: ['staff'] }) },
] as const;
