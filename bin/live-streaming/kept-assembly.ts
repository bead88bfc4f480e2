import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { hash, removeOld, SOURCES } from '../build';

const ROOT = resolve(__dirname, '..', '..');
const DESCRIPTION = join(ROOT, 'bin', 'channels.ts');
/** The sources of the template of `bin/channels.ts`; its packages are in `package-lock.json`. */
const TEMPLATE_SOURCES = [...SOURCES, 'lib', 'bin', 'cdk.json', 'package.json'];
/** Reads of a description beyond its own source, with which the same source can give another template. */
const READS_MORE = /^import (?!type\b)|\brequire\b|\bimport\s*\(|\bprocess\b|\bDate\b|\bglobalThis\b|\bMath\.random\b/m;

/** The place where the cloud assembly of the default description is kept from one run to the next. */
export interface KeptAssembly {
  /** The template of an earlier run of the same source, if there is one. */
  readonly template: string | undefined;
  /** Keeps the assembly of a template that was just made. */
  keep(template: string): void;
}

/**
 * Finds the assembly that the last run with the same source left behind, because synthesizing takes longer than all the
 * rest of a start. The assembly of a description that reads more than its own source is never kept.
 *
 * @param all - the folder of the assemblies.
 */
export function keptAssembly(all = join(ROOT, 'dist', 'assemblies'), description = DESCRIPTION): KeptAssembly {
  const text = readFileSync(description, 'utf8');
  if (READS_MORE.test(text)) return { template: undefined, keep: () => {} };
  const settings = Object.entries(process.env).filter(([name]) => /^(CDK|AWS)_/.test(name));
  const key = createHash('sha256').update(
    JSON.stringify([hash(TEMPLATE_SOURCES), text, process.version, settings.sort()]),
  );
  const folder = join(all, key.digest('hex').slice(0, 16));
  const template = join(folder, 'LiveStreaming.template.json');
  if (existsSync(template)) {
    utimesSync(folder, new Date(), new Date());
    return { template, keep: () => {} };
  }
  return { template: undefined, keep: (made) => keep(dirname(made), folder) };
}

/** Copies an assembly; the copy appears whole, by renaming. If that fails, the next run synthesizes again. */
function keep(made: string, folder: string): void {
  const all = dirname(folder);
  let unfinished: string | undefined;
  try {
    mkdirSync(all, { recursive: true });
    unfinished = mkdtempSync(join(all, `unfinished-${basename(folder)}-`));
    cpSync(made, unfinished, { recursive: true });
    renameSync(unfinished, folder);
    removeOld(folder);
  } catch {
    if (unfinished !== undefined) rmSync(unfinished, { recursive: true, force: true });
  }
}
