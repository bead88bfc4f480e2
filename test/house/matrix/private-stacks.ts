import { gateSettings } from '../../access/templates';
import { resources, type Synthesis, synthesize, type Template } from '../../stream/synth';
import { THOROUGH } from '../../thorough';
import { besideComplaints, deskRules } from './beside';
import { ACCESS } from './expected-access';
import { expectedOf, KINDS } from './kinds';
import { routeComplaints } from './paths';
import { channelOf, describedBy, ROWS } from './rows';
import type { NamedRow } from './stacks';
import { differences, unhashed } from './texts';

/** A stack whose channels are private: two rows of one origin, with one way to let viewers in. */
export interface PrivateStack extends Synthesis {
  readonly origin: string;
  readonly access: string;
  readonly rows: readonly NamedRow[];
}

const KIND = Object.keys(ACCESS);

/** Synthesizes every origin with a way to let viewers in, and every way with an origin; all pairs when thorough. */
export function privateStacks(): readonly PrivateStack[] {
  return KINDS.origin.flatMap((origin, index) =>
    KIND.filter((_, kind) => THOROUGH || kind === index % KIND.length).map((access) => privateStack(origin, access)),
  );
}

function privateStack(origin: string, access: string): PrivateStack {
  const rows = ROWS.filter((row) => row.origin === origin)
    .slice(0, 2)
    .map((row, index) => ({ ...row, beside: most(origin, row.ladder), name: `m${index}` }));
  const described = describedBy(
    origin,
    rows.map((row) => channelOf(row, row.name)),
  );
  // Smooth Streaming cannot be private.
  const { formats, ...rest } = Object(described.origin) as { readonly formats?: readonly string[] };
  const played =
    formats === undefined ? described.origin : { ...rest, formats: formats.filter((format) => format !== 'mss') };
  return {
    origin,
    access,
    rows,
    ...synthesize({ ...described, origin: played as typeof described.origin, access: ACCESS[access]?.described }),
  };
}

/** The most that a channel may have beside its picture. */
function most(origin: string, ladder: string): string {
  return KINDS.beside.findLast((beside) => expectedOf('beside', beside).refused(origin, ladder).length === 0) ?? '';
}

/** Lists all that is wrong with a private stack: its gate, its routes, its sign-in and its secrets. */
export function privateComplaints({ origin, access, rows, template }: PrivateStack): readonly string[] {
  const expected = ACCESS[access];
  const paths = rows
    .flatMap(({ name, ladder }) => expectedOf('origin', origin).manifests(name, ladder))
    .filter((path) => !path.endsWith('.ism/Manifest'));
  return [
    ...paths.flatMap((path) => gateComplaints(template, path)),
    ...paths.flatMap((path) => [...routeComplaints(template, path), ...routeComplaints(template, `/s/a.b.c${path}`)]),
    ...differences('of Cognito,', expected?.cognito ?? [], typesOf(template, 'AWS::Cognito::')),
    ...differences(
      'among the secrets,',
      expected?.secrets ?? [],
      resources(template, 'AWS::SecretsManager::Secret')
        .map(({ id }) => unhashed(`<${id}>`).slice(1, -1))
        .filter((id) => id.startsWith('Access')),
    ),
    ...besideComplaints(template, rows),
    ...(['chat', 'polls'] as const).flatMap((part) =>
      Object.entries(deskRules(template, part)).flatMap(([name, { isPublic }]) =>
        isPublic ? [`everybody may use ${part} of ${name}`] : [],
      ),
    ),
  ].map((complaint) => `${origin}, ${access}: ${complaint}`);
}

/** Finds a path that is in no private folder of the gate. Ids that only AWS knows are compared by their shape. */
function gateComplaints(template: Template, path: string): readonly string[] {
  const shape = path.replace(/STACK|<[^>]+>/g, 'x'.repeat(32));
  const folder = gateSettings(template).folders.find((each) => shape.startsWith(each.path));
  if (folder === undefined) return [`${path} is in no folder of the gate`];
  return folder.isPublic ? [`${path} is public at the gate`] : [];
}

function typesOf(template: Template, prefix: string): readonly string[] {
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  return types.filter((type) => type.startsWith(prefix)).map((type) => type.slice(prefix.length));
}
