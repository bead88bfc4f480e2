import { describe, expect, test } from '@jest/globals';
import { channelProblems } from './problems';

/** Lists the sentences with which a channel of this input is refused, without the path of the channel. */
function problems(input: object): readonly string[] {
  return channelProblems({ input });
}

const listener = { address: '203.0.113.7', port: 9000 };
const pull = (kind: string, source: object) => ({ kind, sources: [source] });
const hls = (source: object) => pull('hls-pull', { url: 'https://www.example.com/live.m3u8', ...source });
const called = (source: object) => pull('srt-caller', { ...listener, ...source });

const PARAMETER =
  'the name of an existing SSM parameter that holds the password, such as /live/contribution-password, is needed';
const SECRET =
  'the whole ARN of an existing Secrets Manager secret that holds the passphrase, with the six characters at its end, is needed';
const NOT_SHOWN = 'what was given is not shown, as it may be a secret itself';
const WEB = 'a URL such as https://host/path or http://host/path or s3ssl://bucket/key is needed';

describe('an input', () => {
  test.each(['/aws/service/name', '/ssm', 'live/password', '/live//password', '/live/'])(
    'refuses %s as the name of a parameter',
    (passwordParameter) => {
      expect(problems(hls({ username: 'producer', passwordParameter }))).toHaveLength(1);
    },
  );

  describe('never shows a secret', () => {
    const secret = 'hunter2';
    test.each<[string, object, string]>([
      [
        'given for a parameter',
        hls({ username: 'producer', passwordParameter: secret }),
        `sources[0].passwordParameter: ${NOT_SHOWN}; ${PARAMETER}`,
      ],
      [
        'of digits given for a parameter',
        hls({ username: 'producer', passwordParameter: 4711 }),
        `sources[0].passwordParameter: ${NOT_SHOWN}; ${PARAMETER}`,
      ],
      [
        'given for a secret’s ARN',
        called({ encryption: 'AES256', passphraseSecretArn: secret }),
        `sources[0].passphraseSecretArn: ${NOT_SHOWN}; ${SECRET}`,
      ],
      [
        'given by an option that is not there',
        hls({ password: secret }),
        'sources[0].password: there is no such option; see docs/configuration.md',
      ],
      [
        'in a URL',
        hls({ url: `https://producer:${secret}@www.example.com/live.m3u8` }),
        'sources[0].url: it holds a user name or a password, so it is not shown; name them by username and passwordParameter',
      ],
      [
        'in the query of a URL that is none',
        hls({ url: `ftp://www.example.com/?token=${secret}` }),
        `sources[0].url: "ftp://www.example.com/?…" was given; ${WEB}`,
      ],
    ])('%s', (_, input, sentence) => {
      const found = problems(input);
      expect(found).toEqual([`input.${sentence}`]);
      expect(found.join()).not.toMatch(/hunter2|4711/);
    });
  });
});
