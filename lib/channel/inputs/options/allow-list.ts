import { z } from 'zod';
import { explain, stringThat } from '../../field';
import { rule } from '../../rule';

const ANYWHERE = '0.0.0.0/0';

/** The shortest prefix that is taken beside {@link ANYWHERE}. With /1, two ranges would be the whole internet. */
const SHORTEST = 8;

const cidr = stringThat(
  isIpv4Cidr,
  `an IPv4 address range of /${SHORTEST} to /32 such as 203.0.113.7/32, its host bits zero, or ${ANYWHERE}`,
);

/** The options of every input that publishers reach over the internet. */
export const allowList = {
  allowedCidrs: z.array(cidr).min(1).max(10),
  allowAnywhere: z.boolean().default(false),
};

explain(allowList, {
  allowedCidrs: {
    what: 'The IPv4 address ranges that may publish. MediaLive takes one to ten.',
    effect: 'Anyone in these ranges who knows a stream name can go on air. Keep the ranges small.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/create-input-security-groups.html',
    change: { from: ['203.0.113.7/32'], to: ['198.51.100.0/24'] },
  },
  allowAnywhere: {
    what: `Confirms that ${ANYWHERE} in \`allowedCidrs\` is intentional.`,
    effect: 'With true, the whole internet may publish to this channel.',
    change: { to: true, with: { allowedCidrs: [ANYWHERE] } },
  },
});

/** Requires a confirmation before the whole internet may publish. */
export const anywhereIsConfirmed = rule<z.infer<z.ZodObject<typeof allowList>>>(
  ({ allowedCidrs, allowAnywhere }, problem) => {
    const index = allowedCidrs?.indexOf(ANYWHERE) ?? -1;
    if (index >= 0 && allowAnywhere !== true) {
      problem(
        ['allowedCidrs', index],
        `${ANYWHERE} lets the whole internet publish; name the address of your encoder, or confirm it with allowAnywhere: true`,
      );
    }
  },
);

/**
 * Tells whether a string is an IPv4 address range that may publish: {@link ANYWHERE}, or a prefix of {@link SHORTEST}
 * to 32 bits. Each range has one spelling: no leading zeros, host bits zero.
 */
export function isIpv4Cidr(range: string): boolean {
  if (range === ANYWHERE) return true;
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(range);
  if (match === null || /(^|[./])0\d/.test(range)) return false;
  const octets = match.slice(1, 5).map(Number);
  const prefix = Number(match[5]);
  if (octets.some((octet) => octet > 255) || prefix < SHORTEST || prefix > 32) return false;
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return address % 2 ** (32 - prefix) === 0;
}
