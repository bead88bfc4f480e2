import { z } from 'zod';
import { explain, type FieldNotes } from '../../field';
import { given } from '../../given';
import { rule } from '../../rule';
import { bothOrNeither, passwordParameter } from './secret';

type Scheme = 'http' | 'https' | 's3ssl' | 'rtmp';

/** The schemes under which MediaLive reads files and playlists. */
export const WEB = ['https', 'http', 's3ssl'] as const;

const SHAPES: Readonly<Record<Scheme, RegExp>> = {
  http: /^http:\/\/[\w.-]+(:\d{1,5})?\/\S+$/,
  https: /^https:\/\/[\w.-]+(:\d{1,5})?\/\S+$/,
  // A role names the object as a resource, so the key has no character that means something in a policy.
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
    rule((value, problem) => {
      if (/^[a-z0-9]+:\/\/[^/]*@/i.test(value) || /^[^/]*:[^/]*@/.test(value)) {
        problem(
          [],
          'it holds a user name or a password, so it is not shown; name them by username and passwordParameter',
        );
        return;
      }
      if (schemes.some((scheme) => SHAPES[scheme].test(value))) return;
      const [, dotted] = /^s3ssl:\/\/([a-z0-9-]+\.[a-z0-9.-]+)\//.exec(value) ?? [];
      if (dotted !== undefined && schemes.includes('s3ssl')) {
        problem([], `the bucket ${dotted} was given; MediaLive reads no bucket with a dot in its name`);
        return;
      }
      // The query may hold a token.
      problem([], `${given(value.replace(/\?.*$/s, '?…'))} was given; ${needed}`);
    }),
  );
}

const credentials = {
  username: z.string().min(1).max(128).optional(),
  passwordParameter: passwordParameter.optional(),
};

explain(credentials, {
  username: {
    what: 'User name for the source, if it asks for one.',
    change: { from: 'producer', to: 'director' },
  },
  passwordParameter: {
    what: 'Name of an existing SSM parameter that holds the password. It begins with a slash. The parameter is a SecureString in the Region of the stack, encrypted with the key `aws/ssm`.',
    effect:
      'The password itself is never in the description, the template or a log; MediaLive reads it when the channel starts.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/requirements-for-EC2.html',
    change: { from: '/live/password', to: '/live/other-password' },
  },
});

/** A server or bucket that MediaLive reads from. `notes` explain its URL. */
export function pulledSource(schemes: readonly Scheme[], notes: FieldNotes) {
  const address = { url: url(schemes) };
  explain(address, { url: notes });
  return z.strictObject({ ...address, ...credentials }).check(
    bothOrNeither('username', 'passwordParameter', 'MediaLive takes a user name and a password together'),
    rule((source, problem) => {
      if (source.url?.startsWith('s3ssl:') && source.username !== undefined) {
        problem(['username'], 'a bucket asks for no user name; the role of the channel reads s3ssl:// URLs');
      }
    }),
  );
}

/** One source for each pipeline. `notes` explain the URL of a source. */
export function pulledSources(schemes: readonly Scheme[], notes: FieldNotes) {
  const options = { sources: z.array(pulledSource(schemes, notes)).min(1).max(2) };
  explain(options, {
    sources: {
      what: 'The sources that MediaLive pulls from: one for a single pipeline, two for two pipelines. MediaLive takes no single source for two pipelines; the same source may be given twice.',
      effect: 'With two different sources, a channel survives the loss of one of them.',
      see: 'https://docs.aws.amazon.com/medialive/latest/ug/inputs-single-standard-vpc.html',
    },
  });
  return options;
}

/** Tells whether a string is a URL of a file or playlist that MediaLive reads. */
export function isWebUrl(value: string): boolean {
  return WEB.some((scheme) => SHAPES[scheme].test(value));
}
