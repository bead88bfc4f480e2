import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { OriginOptions } from '../../lib/channel/origin';
import { isObject, type Json } from '../../lib/launch/json';
import { launchTemplate } from '../../lib/launch/launch-template';
import type { Bundle, Bundles, LaunchBundles } from '../../lib/stream/bundles';
import { bundles } from '../build';
import { inlineCode } from './inline-code';
import { variants } from './variants';

const ROOT = resolve(__dirname, '..', '..');

/** An origin that can still be deployed. */
export type LaunchOrigin = Exclude<OriginOptions['kind'], 'media-store'>;

/** The launch templates: the file of each, and the description that CloudFormation shows. */
export const LAUNCHES: Readonly<Record<LaunchOrigin, { readonly file: string; readonly description: string }>> = {
  'media-package': {
    file: 'live-streaming.template.json',
    description: 'Live streaming: MediaLive, MediaPackage, CloudFront and a player',
  },
  'media-package-v1': {
    file: 'live-streaming-media-package-v1.template.json',
    description: 'Live streaming: MediaLive, MediaPackage v1, CloudFront and a player',
  },
  s3: {
    file: 'live-streaming-s3.template.json',
    description: 'Live streaming: MediaLive, S3, CloudFront and a player',
  },
};

/** The largest template that CloudFormation reads from a bucket. */
const LIMIT_BYTES = 1_000_000;

/**
 * Writes a launch template.
 *
 * @throws Error if it is larger than CloudFormation accepts.
 */
export async function launchFile(origin: LaunchOrigin): Promise<string> {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const template = launchTemplate({
    variants: variants({ origin, bundles: inlineBundles(), context }),
    version: version(),
    description: LAUNCHES[origin].description,
  });
  const text = `${JSON.stringify(withCode(template, await inlineCodes()))}\n`;
  const bytes = Buffer.byteLength(text);
  if (bytes > LIMIT_BYTES) {
    throw new Error(`${LAUNCHES[origin].file} has ${bytes} bytes; CloudFormation accepts ${LIMIT_BYTES}`);
  }
  return text;
}

/** Returns bundles with placeholders for their code, which is long and the same in all merged templates. */
export function inlineBundles(): LaunchBundles {
  const inline = (bundle: Bundle, name: string): Bundle => ({ ...bundle, inline: placeholder(name) });
  const all = Object.entries(bundles()).map(([key, bundle]) => [key, inline(bundle, basename(bundle.folder))]);
  return {
    ...(Object.fromEntries(all) as Bundles),
    secureParameter: inline({ folder: '', contentHashes: {} }, 'secure-parameter'),
  };
}

let codes: Promise<ReadonlyMap<string, string>> | undefined;

/** Returns the code of each function by its placeholder. Packing takes seconds, so it is done once. */
function inlineCodes(): Promise<ReadonlyMap<string, string>> {
  codes ??= pack();
  return codes;
}

async function pack(): Promise<ReadonlyMap<string, string>> {
  const names = [
    'bucket-content',
    'catalogue',
    'channel-state',
    'collector',
    'guard',
    'notices',
    'probe',
    'recorder',
    'secure-parameter',
  ];
  const packed = names.map(async (name) => {
    const files = name === 'bucket-content' ? bundles().bucketContent.folder : undefined;
    return [placeholder(name), await inlineCode(name, files)] as const;
  });
  return new Map(await Promise.all(packed));
}

function placeholder(name: string): string {
  return `// ${name}`;
}

function withCode(value: Json, codes: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return codes.get(value) ?? value;
  if (Array.isArray(value)) return value.map((member) => withCode(member, codes));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withCode(inner, codes)]));
}

/** Reads the version of this source. */
export function version(): string {
  return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
}
