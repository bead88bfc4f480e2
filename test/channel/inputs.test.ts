import { describe, expect, test } from '@jest/globals';
import { INPUT_KINDS } from '../../lib/channel/input';
import { ORIGIN_KINDS } from '../../lib/channel/origin';
import { INPUTS } from '../house/matrix/expected-inputs';
import { exampleInput, exampleOf } from '../house/matrix/inputs';
import { channelProblems } from './problems';

/** Lists the sentences with which a channel of this input is refused, without the path of the channel. */
function problems(input: object, redundancy = 'single-pipeline'): readonly string[] {
  return channelProblems({ input, redundancy });
}

const subnetIds = ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'];
const vpc = { subnetIds, securityGroupIds: ['sg-0a1b2c3d'] };
const allowedCidrs = ['203.0.113.7/32'];
const passphraseSecretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:live/srt-a1B2c3';
const flowArn = 'arn:aws:mediaconnect:eu-west-1:111122223333:flow:1-AbCd-0123456789ab:main';
const listener = { address: '203.0.113.7', port: 9000 };

const pull = (kind: string, source: object) => ({ kind, sources: [source] });
const hls = (source: object) => pull('hls-pull', { url: 'https://www.example.com/live.m3u8', ...source });
const called = (source: object) => pull('srt-caller', { ...listener, ...source });

const SUBNET = 'the id of a subnet such as subnet-0a1b2c3d4e5f60718 is needed';
const SECRET =
  'the whole ARN of an existing Secrets Manager secret that holds the passphrase, with the six characters at its end, is needed';
const ONE = 'a single-pipeline channel needs exactly 1, one for each pipeline';
const TWO = 'a two-pipelines channel needs exactly 2, one for each pipeline';
const WEB = 'a URL such as https://host/path or http://host/path or s3ssl://bucket/key is needed';

/** The kinds with an option that has a member for each pipeline. */
const ONE_PER_PIPELINE = Object.entries(INPUT_KINDS).flatMap(([kind, facts]) =>
  'onePerPipeline' in facts ? [[kind, facts.onePerPipeline] as const] : [],
);

const REFUSED = Object.entries(INPUTS).flatMap(([kind, { refused = [] }]) =>
  refused.map((refusal) => [kind, ...refusal] as const),
);

describe('every kind of input and origin', () => {
  test.each([...Object.entries(INPUT_KINDS), ...Object.entries(ORIGIN_KINDS)])(
    '%s is filed under its name',
    (name, { schema }) => {
      expect([...schema.shape.kind.values]).toEqual([name]);
    },
  );
});

describe('an input', () => {
  test.each<[string, object, string]>([
    ['rtmp-push', { kind: 'rtmp-push', allowedCidrs }, 'single-pipeline'],
    ['rtmp-push-vpc', { kind: 'rtmp-push-vpc', ...vpc }, 'single-pipeline'],
    ['rtp-push', { kind: 'rtp-push', allowedCidrs }, 'two-pipelines'],
    ['rtp-push-vpc', { kind: 'rtp-push-vpc', ...vpc }, 'two-pipelines'],
    ['srt-listener', { kind: 'srt-listener', allowedCidrs, passphraseSecretArn }, 'single-pipeline'],
    ['srt-caller', called({}), 'single-pipeline'],
    ['srt-caller with a passphrase', called({ encryption: 'AES128', passphraseSecretArn }), 'single-pipeline'],
    ['rtmp-pull', pull('rtmp-pull', { url: 'rtmp://203.0.113.7:1935/live/main' }), 'single-pipeline'],
    ['hls-pull', hls({}), 'single-pipeline'],
    [
      'hls-pull from a bucket',
      pull('hls-pull', { url: 's3ssl://amzn-s3-demo-bucket/live/index.m3u8' }),
      'single-pipeline',
    ],
    ['hls-pull with a password', hls({ username: 'producer', passwordParameter: '/live/password' }), 'single-pipeline'],
    ['mp4-file', pull('mp4-file', { url: 'http://203.0.113.7:8080/film.mp4' }), 'single-pipeline'],
    ['mp4-file with a query', pull('mp4-file', { url: 'https://host/film.MP4?signature=a%2Fb.ts' }), 'single-pipeline'],
    ['ts-file of Blu-ray', pull('ts-file', { url: 'https://host/film.m2ts' }), 'single-pipeline'],
    ['ts-file', pull('ts-file', { url: 's3ssl://amzn-s3-demo-bucket/film.ts' }), 'single-pipeline'],
    ['mediaconnect', { kind: 'mediaconnect', flowArns: [flowArn] }, 'single-pipeline'],
    ['mediaconnect-router', { kind: 'mediaconnect-router', availabilityZones: ['us-east-1a'] }, 'single-pipeline'],
    ['link-device', { kind: 'link-device', deviceIds: ['hd-0123456789abcdef'] }, 'single-pipeline'],
    ['cdi', { kind: 'cdi', ...vpc }, 'two-pipelines'],
  ])('of kind %s is accepted', (_, input, redundancy) => {
    expect(problems(input, redundancy)).toEqual([]);
  });

  test.each([
    ['rtp-push', { kind: 'rtp-push', allowedCidrs }],
    ['rtp-push-vpc', { kind: 'rtp-push-vpc', ...vpc }],
    ['cdi', { kind: 'cdi', ...vpc }],
  ])('refuses %s with a single pipeline', (kind, input) => {
    expect(problems(input)).toEqual([
      `redundancy: "single-pipeline" was given; MediaLive makes an input of kind ${kind} with two endpoints, so "two-pipelines" is needed`,
    ]);
  });

  test.each(ONE_PER_PIPELINE)('refuses one source of %s for two pipelines, and two for one', (kind, option) => {
    expect(problems(exampleInput(kind, 1), 'two-pipelines')).toEqual([`input.${option}: 1 given; ${TWO}`]);
    expect(problems(exampleInput(kind, 2))).toEqual([`input.${option}: 2 given; ${ONE}`]);
  });

  test.each(REFUSED)('of kind %s refuses %s: %j', (kind, option, value, sentence) => {
    const { input, redundancy } = exampleOf(kind);
    expect(problems({ ...input, [option]: value }, redundancy)).toContain(`input.${option}${sentence}`);
  });

  test.each<[string, object, string]>([
    [
      'a user name without a password',
      hls({ username: 'producer' }),
      'sources[0].passwordParameter: is missing where username is given; MediaLive takes a user name and a password together',
    ],
    [
      'a password without a user name',
      hls({ passwordParameter: '/live/password' }),
      'sources[0].username: is missing where passwordParameter is given; MediaLive takes a user name and a password together',
    ],
    [
      'a user name for a bucket',
      pull('mp4-file', {
        url: 's3ssl://amzn-s3-demo-bucket/film.mp4',
        username: 'producer',
        passwordParameter: '/live/password',
      }),
      'sources[0].username: a bucket asks for no user name; the role of the channel reads s3ssl:// URLs',
    ],
    [
      'an MP4 file of another name, whatever its query says',
      pull('mp4-file', { url: 'https://www.example.com/film.mov?as=.mp4' }),
      'sources[0].url: "https://www.example.com/film.mov" was given; MediaLive plays files whose path ends in .mp4',
    ],
    [
      'a transport stream of another name',
      pull('ts-file', { url: 's3ssl://amzn-s3-demo-bucket/film.mp4' }),
      'sources[0].url: "s3ssl://amzn-s3-demo-bucket/film.mp4" was given; MediaLive plays files whose path ends in .ts or .m2ts',
    ],
    [
      'a bucket with a dot in its name',
      pull('mp4-file', { url: 's3ssl://my.bucket/film.mp4' }),
      'sources[0].url: the bucket my.bucket was given; MediaLive reads no bucket with a dot in its name',
    ],
    ['a file by FTP', hls({ url: 'ftp://host/film' }), `sources[0].url: "ftp://host/film" was given; ${WEB}`],
    [
      'a key that would be a wildcard in a policy',
      hls({ url: 's3ssl://amzn-s3-demo-bucket/*' }),
      `sources[0].url: "s3ssl://amzn-s3-demo-bucket/*" was given; ${WEB}`,
    ],
    [
      'RTMPS',
      pull('rtmp-pull', { url: 'rtmps://203.0.113.7/live/main' }),
      'sources[0].url: "rtmps://203.0.113.7/live/main" was given; a URL such as rtmp://host/application/instance is needed',
    ],
    [
      'an srt:// URL for an address',
      called({ address: 'srt://203.0.113.7' }),
      'sources[0].address: "srt://203.0.113.7" was given; an IPv4 address or a host name, without srt:// and port, is needed',
    ],
    ['port 0', called({ port: 0 }), 'sources[0].port: 0 was given; it must be at least 1'],
    [
      'a latency below the least of MediaLive',
      called({ latencyMilliseconds: 100 }),
      'sources[0].latencyMilliseconds: 100 was given; it must be at least 120',
    ],
    [
      'a cipher without a passphrase',
      called({ encryption: 'AES256' }),
      'sources[0].passphraseSecretArn: is missing where encryption is given; MediaLive takes a cipher and a passphrase together',
    ],
    [
      'a listener without a passphrase',
      { kind: 'srt-listener', allowedCidrs },
      `passphraseSecretArn: is missing; ${SECRET}`,
    ],
    [
      'another cipher',
      called({ encryption: 'DES', passphraseSecretArn }),
      'sources[0].encryption: "DES" was given; "AES128", "AES192" or "AES256" is possible',
    ],
    [
      'a listener for the whole internet without a confirmation',
      { kind: 'srt-listener', allowedCidrs: ['0.0.0.0/0'], passphraseSecretArn },
      'allowedCidrs[0]: 0.0.0.0/0 lets the whole internet publish; name the address of your encoder, or confirm it with allowAnywhere: true',
    ],
    [
      'a listener for IPv6',
      { kind: 'srt-listener', allowedCidrs: ['2001:db8::/32'], passphraseSecretArn },
      'allowedCidrs[0]: "2001:db8::/32" was given; an IPv4 address range of /8 to /32 such as 203.0.113.7/32, its host bits zero, or 0.0.0.0/0 is needed',
    ],
    [
      'one subnet',
      { kind: 'rtmp-push-vpc', ...vpc, subnetIds: ['subnet-0a1b2c3d'] },
      'subnetIds: 1 given; at least 2 needed',
    ],
    [
      'the same subnet twice',
      { kind: 'rtmp-push-vpc', ...vpc, subnetIds: ['subnet-0a1b2c3d', 'subnet-0a1b2c3d'] },
      'subnetIds[1]: "subnet-0a1b2c3d" was given twice; each subnet may be named once',
    ],
    [
      'a subnet by another name',
      { kind: 'rtmp-push-vpc', ...vpc, subnetIds: ['subnet-0a1b2c3d', 'public'] },
      `subnetIds[1]: "public" was given; ${SUBNET}`,
    ],
    [
      'six security groups',
      { kind: 'rtmp-push-vpc', subnetIds, securityGroupIds: [1, 2, 3, 4, 5, 6].map((n) => `sg-0a1b2c3${n}`) },
      'securityGroupIds: 6 given; no more than 5 needed',
    ],
    [
      'addresses where there is a VPC',
      { kind: 'rtmp-push-vpc', ...vpc, allowedCidrs },
      'allowedCidrs: there is no such option; see docs/configuration.md',
    ],
    [
      'stream names where there are none',
      { kind: 'srt-listener', allowedCidrs, passphraseSecretArn, streamNames: ['live/a'] },
      'streamNames: there is no such option; see docs/configuration.md',
    ],
  ])('refuses %s', (_, input, sentence) => {
    expect(problems(input)).toEqual([`input.${sentence}`]);
  });

  test('refuses plain UDP, and names RTP as the alternative', () => {
    expect(problems({ kind: 'udp-push', allowedCidrs })).toContain(
      'input.kind: "udp-push" was given; MediaLive takes no transport stream in plain UDP, though its API has a name for it; send it in RTP, with rtp-push',
    );
  });

  test('reports all problems at once', () => {
    const input = {
      kind: 'srt-caller',
      sources: [{ address: 'a b', port: 70_000, encryption: 'AES256' }, { address: '203.0.113.7' }],
    };
    expect(problems(input).map((sentence) => sentence.split(':')[0])).toEqual([
      'input.sources[0].address',
      'input.sources[0].port',
      'input.sources[0].passphraseSecretArn',
      'input.sources[1].port',
      'input.sources',
    ]);
  });
});
