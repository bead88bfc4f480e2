import { z } from 'zod';
import { field, rule } from '../field';

/** The name of a secret that exists, never a secret. What is no such name may be a secret itself, so it is not shown. */
function nameOfSecret(isName: (value: string) => boolean, needed: string) {
  return z.custom<string>((value) => typeof value === 'string' && isName(value), {
    error: ({ input }) =>
      input === undefined
        ? `is missing; ${needed} is needed`
        : `what was given is not shown, as it may be a secret itself; ${needed} is needed`,
  });
}

/** The password of a source that MediaLive pulls from. */
export const passwordParameter = field(
  nameOfSecret(
    (name) => /^\/[\w.-]+(\/[\w.-]+)*$/.test(name) && name.length <= 1011 && !/^\/(aws|ssm)(\/|$)/i.test(name),
    'the name of an existing SSM parameter that holds the password, such as /live/contribution-password,',
  ).optional(),
  {
    what: 'Name of an existing SSM parameter of type SecureString, in the Region of the stack and encrypted with the key `aws/ssm`, that holds the password. It begins with a slash.',
    effect:
      'The password itself is never in the description, the template or a log; MediaLive reads it when the channel starts.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/requirements-for-EC2.html',
  },
);

/** The passphrase of an SRT connection. */
export const passphraseSecretArn = nameOfSecret(
  (arn) => /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]{1,512}-[A-Za-z0-9]{6}$/.test(arn),
  'the whole ARN of an existing Secrets Manager secret that holds the passphrase, with the six characters at its end,',
);

/** What docs/configuration.md says about it. */
export const PASSPHRASE_NOTES = {
  what: 'ARN of an existing Secrets Manager secret, in the Region of the stack and encrypted with the key `aws/secretsmanager`, whose value is the passphrase as plain text, not JSON: 10 to 79 characters.',
  effect:
    'The passphrase itself is never in the description, the template or a log; MediaLive reads it when the channel starts.',
  see: 'https://docs.aws.amazon.com/medialive/latest/ug/input-listener-srt.html',
} as const;

/** The ciphers of SRT. */
export const encryption = z.enum(['AES128', 'AES192', 'AES256']);

/** A rule for two options that make sense together only. */
export function bothOrNeither(one: string, other: string, why: string) {
  return rule('object', (value) => {
    const [hasOne, hasOther] = [value[one] !== undefined, value[other] !== undefined];
    if (hasOne === hasOther) return [];
    const [given, missing] = hasOne ? [one, other] : [other, one];
    return [{ path: [missing], message: `is missing where ${given} is given; ${why}` }];
  });
}
