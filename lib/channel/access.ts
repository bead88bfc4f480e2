import { z } from 'zod';
import type { ChannelAccess } from './channel-access';
import { countries } from './countries';
import { explain, stringThat } from './field';
import { given } from './given';
import { type Partly, type Report, rule } from './rule';

const issuer = z.strictObject({
  issuer: stringThat(
    (url) => /^https:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(url) && !url.endsWith('/.well-known/openid-configuration'),
    'the https URL of an OpenID Connect issuer, without a query,',
  ),
  clientId: stringThat((id) => /^[\x21-\x7e]{1,255}$/.test(id), 'the id of a public client, without spaces,'),
  groupsClaim: stringThat(
    (claim) => /^[A-Za-z0-9:/._-]{1,128}$/.test(claim),
    'the name of a claim: up to 128 letters, digits and : / . _ -',
  ).default('groups'),
});

const access = z.strictObject({
  signIn: z.union([z.enum(['cognito', 'none']), issuer]).default('cognito'),
  links: z.boolean().default(true),
  tokenMinutes: z.int().min(5).max(60).default(10),
  sessionHours: z.int().min(1).max(24).default(12),
  maxSessions: z.int().min(1).max(10).default(2),
  whenFull: z.enum(['ask', 'refuse']).default('ask'),
  countries: countries().optional(),
});

explain(issuer.shape, {
  issuer: {
    what: 'The issuer of your own sign-in, as its tokens name it. Its `/.well-known/openid-configuration` must be public.',
    see: 'https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig',
  },
  clientId: {
    what: 'The public client that the player signs in with: authorization code with PKCE, without a secret.',
    effect: 'The address of the player must be among its redirect URLs.',
    see: 'https://www.rfc-editor.org/rfc/rfc7636',
  },
  groupsClaim: { what: 'The claim of an access token that lists the groups of the viewer.' },
});

explain(access.shape, {
  signIn: {
    what: 'How viewers sign in: a Cognito user pool of the stack, an OpenID Connect issuer of your own, or `none`.',
    effect:
      'With `none`, only links open a private channel. A change from `cognito` to another one deletes the user pool with its viewers.',
    see: 'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-managed-login.html',
  },
  links: {
    what: 'Whether signed links open a channel: from `npm run live -- link`, or from the backend of a platform.',
    effect: 'Adds a secret with the key of the links.',
  },
  tokenMinutes: {
    what: 'How long a token opens the media. The player renews it in time; entitlements are checked again then.',
    unit: 'minutes',
    effect: 'Lower ends an entitlement sooner, and costs more renewals.',
  },
  sessionHours: {
    what: 'How long a session may be renewed. After that the player begins a new one.',
    unit: 'hours',
    effect: 'Tokens of televisions last as long, because such players cannot change them.',
  },
  maxSessions: {
    what: 'How many devices of one viewer may watch at the same time.',
  },
  whenFull: {
    what: 'Whether a further device is asked if it shall take over from the oldest one, or is refused.',
  },
  countries: {
    what: 'Countries where private channels may be watched, as ISO 3166-1 codes: `DE`. Left out: everywhere.',
    effect: 'CloudFront tells the country by the address of the viewer. A VPN hides it.',
    see: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html',
  },
});

const openable = rule<z.infer<typeof access>>(({ signIn, links }, problem) => {
  if (signIn !== 'none' || links !== false) return;
  problem(['links'], 'false was given with signIn: none; nobody could watch a private channel: allow one of the two');
});

/** Schema of viewer access. Left out: everybody may watch, and nothing of it is in the template. */
export const accessSchema = access.check(openable);

/** Options of viewer access with every default filled in. */
export type Access = z.infer<typeof accessSchema>;

/**
 * Checks the channels and the origin of a stream against its access.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html (no edge
 * functions beside Smooth Streaming)
 */
export function accessProblems(
  access: Partly<Access> | undefined,
  origin: unknown,
  { channels, problem }: { readonly channels: readonly (DescribedChannel | undefined)[]; readonly problem: Report },
): void {
  for (const [index, channel] of channels.entries()) {
    if (channel?.access === undefined) continue;
    const path = ['channels', index, 'access'];
    if (access === undefined) {
      problem(
        path,
        `${given(channel.access)} was given without access for the stack; add access: {} to the description, or leave it out`,
      );
    } else if (typeof channel.access === 'object' && access.signIn === 'none') {
      problem(
        path,
        'groups were given with signIn: none; only a sign-in tells the groups of a viewer: choose one, or leave the groups out',
      );
    }
  }
  if (access === undefined || !deliversSmooth(origin)) return;
  problem(
    ['access'],
    'access was given with the format mss; CloudFront delivers no Smooth Streaming where a function checks requests: leave mss out of the formats, or leave access out',
  );
}

type DescribedChannel = Partly<{ readonly access?: ChannelAccess | undefined }>;

function deliversSmooth(origin: unknown): boolean {
  const { formats } = Object(origin) as { readonly formats?: unknown };
  return Array.isArray(formats) && formats.includes('mss');
}
