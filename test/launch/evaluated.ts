import { evaluate, readTemplate, type Value } from 'small-cloud';
import { dependencies } from 'small-cloud/testing';
import { PASSPHRASE_SECRET, PASSWORD_PARAMETER } from './input-rows';

/** Result of a template with given parameters: its resources, their order of creation and its outputs. */
export interface Evaluated {
  readonly resources: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, Value | undefined>>;
}

const PSEUDO = {
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-central-1',
  'AWS::StackId': 'arn:aws:cloudformation:eu-central-1:111122223333:stack/live/0f-1e-2d',
  'AWS::StackName': 'live',
  'AWS::URLSuffix': 'amazonaws.com',
} as const;

/** Resources of a launch stack that keep secrets, and the names in a description that they take the place of. */
const NAMED: Readonly<Record<string, string>> = {
  SourcePasswordParameter: PASSWORD_PARAMETER,
  SrtPassphraseSecret: PASSPHRASE_SECRET,
};

/** Everything in which a launch template differs from a deploy template on purpose. */
const DIFFERENT = {
  /** Resources that keep the secrets that the launcher types, and resources that those need. */
  resources: /^(SourcePasswordParameter|SrtPassphraseSecret|SecureParameter)/,
  /** Code is in the template in place of a bucket. */
  code: 'Code',
  /** A hash made by the function in place of one made at synth. */
  settings: /(^|[/:])settings$/i,
  /** A source that stands for both pipelines is named twice. */
  twice: 'Resource',
  /** Which it refers to, and so waits for what makes it; the channel between them waits in both. */
  run: 'Custom::RunningState',
} as const;

/**
 * Evaluates a template.
 *
 * @throws TemplateError when a parameter or a rule refuses.
 */
export function evaluated(json: unknown, parameters: Readonly<Record<string, string>>): Evaluated {
  const template = readTemplate(json);
  const evaluation = evaluate(template, parameters, PSEUDO);
  const world = {
    ref: (id: string) => NAMED[id] ?? `<${stable(id)}>`,
    // Some templates take addresses and ARNs apart.
    attribute: (id: string, attribute: string) =>
      `${/(Url|Arn)$/.test(attribute) ? `${attribute}://host/` : ''}<${stable(id)}.${attribute}>`,
  };
  const there = dependencies(template, evaluation);
  const resources = [...there].flatMap(([id, waits]): readonly [string, unknown][] => {
    const resource = template.resources[id];
    if (resource === undefined || DIFFERENT.resources.test(id)) return [];
    const { type, properties, deletionPolicy, updateReplacePolicy } = resource;
    const resolved = evaluation.resolve(properties, `Resources.${id}`, world);
    const after = [...waits]
      .filter((other) => !DIFFERENT.resources.test(other) && !(type === DIFFERENT.run && /Quiesce/.test(other)))
      .map(stable);
    return [
      [stable(id), { type, deletionPolicy, updateReplacePolicy, after: after.sort(), properties: alike(resolved) }],
    ];
  });
  const outputs = Object.entries(template.outputs)
    .filter(([key, { condition }]) => condition === undefined || evaluation.holds(condition, key))
    .map(([key, { value }]) => [key, evaluation.resolve(value, `Outputs.${key}`, world)]);
  return { resources: Object.fromEntries(resources), outputs: Object.fromEntries(outputs) };
}

/** The subscription of an e-mail address is named for the address in a deploy template. */
function stable(id: string): string {
  return id.replace(/^Notices.*(?:example|invalid)[a-z]*[0-9A-F]{8}$/, 'NoticesEmail');
}

function alike(value: Value | undefined): unknown {
  if (Array.isArray(value)) return value.map(alike);
  if (typeof value !== 'object' || value === null) return value === undefined ? undefined : String(value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== DIFFERENT.code && !DIFFERENT.settings.test(key))
      .map(([key, inner]) => [key, key === DIFFERENT.twice ? once(alike(inner)) : alike(inner)]),
  );
}

function once(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const different = [...new Set(value)];
  return different.length === 1 ? different[0] : different;
}
