import { z } from 'zod';
import { field, text } from '../field';
import { allowList, anywhereIsMeant } from './allow-list';
import { bothOrNeither, encryption, PASSPHRASE_NOTES, passphraseSecretArn } from './secret';

const latencyMilliseconds = field(z.int().min(120).max(15_000).default(2_000), {
  what: 'How long SRT may take to get lost packets again. The larger of the values of both ends counts.',
  unit: 'milliseconds',
  effect: 'More survives worse networks, and is added to the delay of the stream. Four round-trip times are usual.',
});

const streamId = () =>
  text(
    (value) => /^[\x21-\x7e]{1,512}$/.test(value),
    'an SRT stream id of 1 to 512 printable characters without spaces',
  ).optional();

/** Publishers call MediaLive with SRT. */
export const srtListener = z
  .strictObject({
    kind: z.literal('srt-listener'),
    ...allowList,
    encryption: field(encryption.default('AES256'), {
      what: 'The cipher. MediaLive takes no SRT listener without one.',
      effect: 'Must be what the publisher has.',
    }),
    passphraseSecretArn: field(passphraseSecretArn, PASSPHRASE_NOTES),
    latencyMilliseconds,
    streamId: field(streamId(), {
      what: 'SRT stream id that publishers send. Left out: none.',
      effect: 'It keeps nobody out: MediaLive takes a call with any id, and logs the id.',
    }),
  })
  .check(anywhereIsMeant);

const callerSource = z
  .strictObject({
    address: field(
      text(
        (value) => /^[A-Za-z0-9]([A-Za-z0-9.-]{0,252})$/.test(value),
        'an IPv4 address or a host name, without srt:// and port,',
      ),
      { what: 'IPv4 address or host name of the listener.' },
    ),
    port: field(z.int().min(1).max(65_535), { what: 'UDP port of the listener.' }),
    encryption: field(encryption.optional(), {
      what: 'The cipher, if the listener sends encrypted. Needs `passphraseSecretArn`. Left out: the stream comes in plain.',
      effect: 'Must be what the listener has.',
    }),
    passphraseSecretArn: field(passphraseSecretArn.optional(), PASSPHRASE_NOTES),
    latencyMilliseconds,
    streamId: field(streamId(), {
      what: 'SRT stream id that MediaLive sends. Left out: none.',
      effect: 'A listener that asks for one refuses a call without it.',
    }),
  })
  .check(bothOrNeither('encryption', 'passphraseSecretArn', 'MediaLive takes a cipher and a passphrase together'));

/** MediaLive calls a publisher with SRT. */
export const srtCaller = z.strictObject({
  kind: z.literal('srt-caller'),
  sources: field(z.array(callerSource).min(1).max(2), {
    what: 'The listeners that MediaLive calls: one for a single pipeline, two for two pipelines.',
    effect: 'With two different ones, a channel outlives the loss of one of them.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/input-caller-srt.html',
  }),
});
