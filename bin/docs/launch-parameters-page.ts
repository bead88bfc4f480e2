import { DIMENSIONS } from '../../lib/launch/choices';
import { type ParameterGroup, parameterGroups } from '../../lib/launch/parameter-groups';

type Parameter = ParameterGroup['parameters'][string];

/** docs/launch-parameters.md: every parameter of the launch template, in the groups of the console's page. */
export function launchParametersMarkdown(): string {
  return [
    '# Parameters of the launch template',
    '',
    '<!-- Generated from lib/launch by `npm run docs`; a test keeps it current. -->',
    '',
    'CloudFormation checks how parameters fit together before it creates anything. The rules are in',
    '`lib/launch/rules.ts`.',
    '',
    ...parameterGroups(DIMENSIONS).flatMap(groupText),
    'The profile `Audio-only` exists with the origin S3 only, and `UHD-2160p` (HEVC) with MediaPackage v2 only.',
    'With S3, `RecordingDays` is 365 at most.',
    '',
  ].join('\n');
}

function groupText({ label, parameters }: ParameterGroup): readonly string[] {
  return [
    `## ${label}`,
    '',
    '| parameter | on the page | what it is | default | accepted values |',
    '|---|---|---|---|---|',
    ...Object.entries(parameters).map(([name, parameter]) => row(name, parameter)),
    '',
  ];
}

function row(name: string, { label, description, default: by, options, constraint, secret }: Parameter): string {
  const hidden = secret === undefined ? '' : ' CloudFormation never shows it.';
  const fallback = by === undefined || by === '' ? '' : `\`${by}\``;
  const accepted = options === undefined ? (constraint ?? '') : options.map((option) => `\`${option}\``).join(', ');
  return `| \`${name}\` | ${label} | ${description}${hidden} | ${fallback} | ${accepted} |`;
}
