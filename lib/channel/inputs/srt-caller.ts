import { z } from 'zod';
import { explain, stringThat } from '../field';
import type { InputKind } from './options/input-kind';
import { bothOrNeither, PASSPHRASE_NOTES, passphraseSecretArn } from './options/secret';
import { cipher, srtTiming, streamId } from './options/srt';

const called = {
  address: stringThat(
    (value) => /^[A-Za-z0-9]([A-Za-z0-9.-]{0,252})$/.test(value),
    'an IPv4 address or a host name, without srt:// and port,',
  ),
  port: z.int().min(1).max(65_535),
  encryption: cipher.optional(),
  passphraseSecretArn: passphraseSecretArn.optional(),
};

const identified = { streamId: streamId() };

const source = z
  .strictObject({ ...called, ...srtTiming, ...identified })
  .check(bothOrNeither('encryption', 'passphraseSecretArn', 'MediaLive takes a cipher and a passphrase together'));

const options = { sources: z.array(source).min(1).max(2) };

/** SRT with MediaLive as the caller: it calls the publisher. */
export const srtCaller = {
  title: 'SRT caller',
  intro: 'MediaLive calls an encoder that waits for SRT.',
  source: 'an encoder that waits for SRT calls',
  schema: z.strictObject({ kind: z.literal('srt-caller'), ...options }),
  direction: 'pull',
  onePerPipeline: 'sources',
  standardClassOnly: false,
  failover: false,
  audio: ['language', 'pid', 'track'],
} as const satisfies InputKind;

explain(options, {
  sources: {
    what: 'The listeners that MediaLive calls: one for a single pipeline, two for two pipelines.',
    effect: 'With two different listeners, a channel survives the loss of one of them.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/input-caller-srt.html',
  },
});

explain(called, {
  address: {
    what: 'IPv4 address or host name of the listener.',
    change: { from: '203.0.113.7', to: '203.0.113.8' },
  },
  port: { what: 'UDP port of the listener.', change: { from: 9000, to: 9001 } },
  encryption: {
    what: 'The cipher, if the listener sends encrypted. Needs `passphraseSecretArn`. Left out: the stream is not encrypted.',
    effect: 'It must be the cipher of the listener.',
    change: { from: 'AES256', to: 'AES128' },
  },
  passphraseSecretArn: PASSPHRASE_NOTES,
});

explain(identified, {
  streamId: {
    what: 'SRT stream id that MediaLive sends. Left out: none.',
    effect: 'A listener that asks for one refuses a call without it.',
    change: { to: 'main' },
  },
});
