import type { Construct } from 'constructs';
import type { InputOf } from '../../channel/input';
import type { InputKind } from './input-kind';
import { inputSecurityGroups } from './push';
import { readPassphrases } from './secret';

/** Publishers call. */
export function srtListener(scope: Construct, source: InputOf<'srt-listener'>): InputKind {
  const { encryption, passphraseSecretArn, latencyMilliseconds, streamId } = source;
  return {
    props: {
      type: 'SRT_LISTENER',
      inputSecurityGroups: inputSecurityGroups(scope, source.allowedCidrs),
      srtSettings: {
        srtListenerSettings: {
          minimumLatency: latencyMilliseconds,
          ...(streamId === undefined ? {} : { streamId }),
          decryption: { algorithm: encryption, passphraseSecretArn },
        },
      },
    },
    statements: readPassphrases([source]),
    ingest: 'srt',
  };
}

/** MediaLive calls. */
export function srtCaller({ sources }: InputOf<'srt-caller'>): InputKind {
  return {
    props: {
      type: 'SRT_CALLER',
      srtSettings: {
        srtCallerSources: sources.map(
          ({ address, port, latencyMilliseconds, streamId, encryption, passphraseSecretArn }) => ({
            srtListenerAddress: address,
            srtListenerPort: String(port),
            minimumLatency: latencyMilliseconds,
            ...(streamId === undefined ? {} : { streamId }),
            ...(encryption === undefined || passphraseSecretArn === undefined
              ? {}
              : { decryption: { algorithm: encryption, passphraseSecretArn } }),
          }),
        ),
      },
    },
    statements: readPassphrases(sources),
  };
}
