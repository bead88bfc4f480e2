import type { CfnInput } from 'aws-cdk-lib/aws-medialive';
import type { InputOf } from '../../channel/input';
import type { InputBuilder, InputBuilders } from './input-kind';
import { inputSecurityGroups } from './push';
import { readPassphrases } from './secret';

/** Builds an input that publishers call. */
const srtListener: InputBuilder<'srt-listener'> = ({ scope, source }) => {
  const { encryption, passphraseSecretArn, latencyMilliseconds, streamId } = source;
  return {
    props: {
      type: 'SRT_LISTENER',
      inputSecurityGroups: inputSecurityGroups(scope, source.allowedCidrs),
      srtSettings: {
        srtListenerSettings: {
          minimumLatency: latencyMilliseconds,
          streamId,
          decryption: { algorithm: encryption, passphraseSecretArn },
        },
      },
    },
    statements: readPassphrases([source]),
    ingest: 'srt',
  };
};

/** Builds an input with which MediaLive calls. */
const srtCaller: InputBuilder<'srt-caller'> = ({ source: { sources } }) => ({
  props: { type: 'SRT_CALLER', srtSettings: { srtCallerSources: sources.map(called) } },
  statements: readPassphrases(sources),
});

type Listener = InputOf<'srt-caller'>['sources'][number];

function called(listener: Listener): CfnInput.SrtCallerSourceRequestProperty {
  const { address, port, latencyMilliseconds, streamId, encryption, passphraseSecretArn } = listener;
  const isEncrypted = encryption !== undefined && passphraseSecretArn !== undefined;
  return {
    srtListenerAddress: address,
    srtListenerPort: String(port),
    minimumLatency: latencyMilliseconds,
    streamId,
    decryption: isEncrypted ? { algorithm: encryption, passphraseSecretArn } : undefined,
  };
}

/** The builders of inputs over SRT. */
export const SRT_INPUTS = {
  'srt-listener': srtListener,
  'srt-caller': srtCaller,
} satisfies Partial<InputBuilders>;
