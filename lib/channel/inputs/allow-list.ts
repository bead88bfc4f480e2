import { z } from 'zod';
import { field, rule, text } from '../field';

const ANYWHERE = '0.0.0.0/0';

/** The shortest prefix of a range beside {@link ANYWHERE}: with /1, two ranges would be the whole internet, unasked. */
const SHORTEST = 8;

const cidr = text(
  isIpv4Cidr,
  `an IPv4 address range of /${SHORTEST} to /32 such as 203.0.113.7/32, its host bits zero, or ${ANYWHERE}`,
);

/** The options of every input that publishers reach over the internet: who may publish. */
export const allowList = {
  allowedCidrs: field(z.array(cidr).min(1).max(10), {
    what: 'The IPv4 address ranges that may publish. MediaLive takes one to ten.',
    effect: 'Everyone in them who knows a stream name can put a picture on air: keep them as small as you can.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/create-input-security-groups.html',
  }),
  allowAnywhere: field(z.boolean().default(false), {
    what: `Says that ${ANYWHERE} among \`allowedCidrs\` is meant.`,
    effect: 'With true, the whole internet may publish to this channel.',
  }),
};

/** The whole internet may publish only where that is said to be meant. */
export const anywhereIsMeant = rule('object', (input) =>
  Array.isArray(input['allowedCidrs']) && input['allowedCidrs'].includes(ANYWHERE) && input['allowAnywhere'] !== true
    ? [
        {
          path: ['allowedCidrs', input['allowedCidrs'].indexOf(ANYWHERE)],
          message: `${ANYWHERE} lets the whole internet publish; name your encoder's address, or say that it is meant with allowAnywhere: true`,
        },
      ]
    : [],
);

/**
 * Tells whether a text is an IPv4 address range that may publish: {@link ANYWHERE}, or a prefix of {@link SHORTEST} to
 * 32 bits. There is one spelling for each: no leading zeros, host bits zero.
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
