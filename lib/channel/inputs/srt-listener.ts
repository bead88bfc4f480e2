import { z } from 'zod';
import { explain } from '../field';
import { allowList, anywhereIsConfirmed } from './options/allow-list';
import type { InputKind } from './options/input-kind';
import { PASSPHRASE_NOTES, passphraseSecretArn } from './options/secret';
import { cipher, srtTiming, streamId } from './options/srt';

const encrypted = { encryption: cipher.default('AES256'), passphraseSecretArn };

const identified = { streamId: streamId() };

/** SRT with MediaLive as the listener: publishers call it. */
export const srtListener = {
  title: 'SRT listener',
  intro: 'An encoder calls MediaLive with SRT.',
  source: 'an encoder that calls with SRT',
  schema: z
    .strictObject({ kind: z.literal('srt-listener'), ...allowList, ...encrypted, ...srtTiming, ...identified })
    .check(anywhereIsConfirmed),
  direction: 'push',
  standardClassOnly: false,
  failover: false,
  audio: ['language', 'pid', 'track'],
} as const satisfies InputKind;

explain(encrypted, {
  encryption: {
    what: 'The cipher. MediaLive takes no SRT listener without one.',
    effect: 'It must be the cipher of the publisher.',
    change: { to: 'AES128' },
  },
  passphraseSecretArn: PASSPHRASE_NOTES,
});

explain(identified, {
  streamId: {
    what: 'SRT stream id that publishers send. Left out: none.',
    effect: 'It keeps nobody out: MediaLive takes a call with any id, and logs the id.',
    change: { to: 'main' },
  },
});
