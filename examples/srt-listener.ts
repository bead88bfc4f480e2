/** SRT from an encoder that calls MediaLive: use its address, and the ARN of the secret with your passphrase. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: {
        kind: 'srt-listener',
        allowedCidrs: ['203.0.113.7/32'],
        encryption: 'AES256',
        passphraseSecretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:live/srt-passphrase-a1B2c3',
        latencyMilliseconds: 1_000,
      },
    },
  ],
} satisfies LiveStreamInput;
