import { z } from 'zod';
import { field, rule } from '../field';
import { given } from '../given';
import { bothOrNeither, passwordParameter } from './secret';

type Scheme = 'http' | 'https' | 's3ssl' | 'rtmp';

const WEB = ['https', 'http', 's3ssl'] as const;

const SHAPES: Readonly<Record<Scheme, RegExp>> = {
  http: /^http:\/\/[\w.-]+(:\d{1,5})?\/\S+$/,
  https: /^https:\/\/[\w.-]+(:\d{1,5})?\/\S+$/,
  // The role that reads it names the object, so the key has none of the characters that mean something in a policy.
  s3ssl: /^s3ssl:\/\/[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\/[\w!.'()/+=@:,-]+$/,
  rtmp: /^rtmp:\/\/[\w.-]+(:\d{1,5})?\/[^\s/]+\/\S+$/,
};

const EXAMPLES: Readonly<Record<Scheme, string>> = {
  http: 'http://host/path',
  https: 'https://host/path',
  s3ssl: 's3ssl://bucket/key',
  rtmp: 'rtmp://host/application/instance',
};

function url(schemes: readonly Scheme[]) {
  const needed = `a URL such as ${schemes.map((scheme) => EXAMPLES[scheme]).join(' or ')} is needed`;
  return z.string().check(
    rule('string', (value) => {
      if (/^[a-z0-9]+:\/\/[^/]*@/i.test(value) || /^[^/]*:[^/]*@/.test(value)) {
        return [
          {
            path: [],
            message:
              'it holds a user name or a password, so it is not shown; name them by username and passwordParameter',
          },
        ];
      }
      if (schemes.some((scheme) => SHAPES[scheme].test(value))) return [];
      const [, dotted] = /^s3ssl:\/\/([a-z0-9-]+\.[a-z0-9.-]+)\//.exec(value) ?? [];
      if (dotted !== undefined && schemes.includes('s3ssl')) {
        const message = `the bucket ${dotted} was given; MediaLive reads no bucket with a dot in its name`;
        return [{ path: [], message }];
      }
      // What is after a question mark may be a token.
      return [{ path: [], message: `${given(value.replace(/\?.*$/s, '?…'))} was given; ${needed}` }];
    }),
  );
}

const username = field(z.string().min(1).max(128).optional(), {
  what: 'User name for the source, if it asks for one.',
});

/** Something that MediaLive reads from a server or a bucket. */
export function pulledSource(schemes: readonly Scheme[], what: string) {
  return z.strictObject({ url: field(url(schemes), { what }), username, passwordParameter }).check(
    bothOrNeither('username', 'passwordParameter', 'MediaLive takes a user name and a password together'),
    rule('object', ({ url, username }) =>
      typeof url === 'string' && url.startsWith('s3ssl:') && username !== undefined
        ? [
            {
              path: ['username'],
              message: 'a bucket asks for no user name; the role of the channel reads s3ssl:// URLs',
            },
          ]
        : [],
    ),
  );
}

function sources(schemes: readonly Scheme[], what: string) {
  return field(z.array(pulledSource(schemes, what)).min(1).max(2), {
    what: 'Where MediaLive pulls from: one for a single pipeline, two for two pipelines. MediaLive takes no single source for two pipelines; the same may be given twice.',
    effect: 'With two different sources, a channel outlives the loss of one of them.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/inputs-single-standard-vpc.html',
  });
}

/** MediaLive pulls RTMP from a server. */
export const rtmpPull = z.strictObject({
  kind: z.literal('rtmp-pull'),
  sources: sources(['rtmp'], 'An `rtmp://` URL with application and instance. MediaLive pulls no RTMPS.'),
});

/** MediaLive pulls an HLS stream. */
export const hlsPull = z.strictObject({
  kind: z.literal('hls-pull'),
  sources: sources(
    WEB,
    'The playlist, as an `https://`, `http://` or `s3ssl://bucket/key` URL. In a bucket, the channel may read all that lies in the folder of the playlist and below it.',
  ),
});

/** Endings of the files that MediaLive plays. @see https://docs.aws.amazon.com/medialive/latest/ug/inputs-live-vs-file.html */
const ENDINGS = { 'mp4-file': ['.mp4'], 'ts-file': ['.ts', '.m2ts'] } as const;

/** A path that does not end as files of a kind do; what comes after a question mark is no part of it. */
function endsIn(endings: readonly string[]) {
  return rule('object', ({ sources }) =>
    (Array.isArray(sources) ? sources : []).flatMap((source: { url?: unknown } | null, index) => {
      const url = source?.url;
      if (typeof url !== 'string' || !WEB.some((scheme) => SHAPES[scheme].test(url))) return [];
      const path = url.replace(/[?#].*$/s, '');
      if (endings.some((ending) => path.toLowerCase().endsWith(ending))) return [];
      const message = `${given(path)} was given; MediaLive plays files whose path ends in ${endings.join(' or ')}`;
      return [{ path: ['sources', index, 'url'], message }];
    }),
  );
}

function file<K extends keyof typeof ENDINGS>(kind: K) {
  const endings = ENDINGS[kind];
  return z
    .strictObject({
      kind: z.literal(kind),
      sources: sources(
        WEB,
        `The file, as an \`https://\`, \`http://\` or \`s3ssl://bucket/key\` URL whose path ends in ${endings.map((ending) => `\`${ending}\``).join(' or ')}.`,
      ),
      loop: field(z.boolean().default(true), {
        what: 'Whether the file begins again at its end.',
        effect:
          'With false, the last picture stays and the sound is silent once the file is over, and the channel runs on.',
      }),
    })
    .check(endsIn(endings));
}

/** MediaLive plays an MP4 file. */
export const mp4File = file('mp4-file');

/** MediaLive plays a file with a transport stream. */
export const tsFile = file('ts-file');
