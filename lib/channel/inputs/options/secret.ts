import { z } from 'zod';
import { rule } from '../../rule';

/** The name of an existing secret. Anything else may be the secret itself, so a refusal does not show it. */
function nameOfSecret(isName: (value: string) => boolean, needed: string) {
  return z.custom<string>((value) => typeof value === 'string' && isName(value), {
    error: ({ input }) =>
      input === undefined
        ? `is missing; ${needed} is needed`
        : `what was given is not shown, as it may be a secret itself; ${needed} is needed`,
  });
}

/** Name of the SSM parameter that holds the password of a source. */
export const passwordParameter = nameOfSecret(
  (name) => /^\/[\w.-]+(\/[\w.-]+)*$/.test(name) && name.length <= 1011 && !/^\/(aws|ssm)(\/|$)/i.test(name),
  'the name of an existing SSM parameter that holds the password, such as /live/contribution-password,',
);

/** ARN of the secret that holds the passphrase of an SRT connection. */
export const passphraseSecretArn = nameOfSecret(
  (arn) => /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]{1,512}-[A-Za-z0-9]{6}$/.test(arn),
  'the whole ARN of an existing Secrets Manager secret that holds the passphrase, with the six characters at its end,',
);

/** The notes of {@link passphraseSecretArn}, for the listener and for the caller. */
export const PASSPHRASE_NOTES = {
  what: 'ARN of an existing Secrets Manager secret that holds the passphrase. The secret is in the Region of the stack and encrypted with the key `aws/secretsmanager`. Its value is plain text, not JSON: 10 to 79 characters.',
  effect:
    'The passphrase itself is never in the description, the template or a log; MediaLive reads it when the channel starts.',
  see: 'https://docs.aws.amazon.com/medialive/latest/ug/input-listener-srt.html',
  change: {
    from: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:live/srt-a1B2c3',
    to: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:live/other-a1B2c3',
  },
} as const;

/** A rule for two options that only make sense together. */
export function bothOrNeither(one: string, other: string, why: string) {
  return rule<Readonly<Record<string, unknown>>>((_, problem, raw) => {
    const [hasOne, hasOther] = [raw[one] !== undefined, raw[other] !== undefined];
    if (hasOne === hasOther) return;
    const [given, missing] = hasOne ? [one, other] : [other, one];
    problem([missing], `is missing where ${given} is given; ${why}`);
  });
}
