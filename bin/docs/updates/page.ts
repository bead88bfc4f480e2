import { join } from 'node:path';
import { type LiveStreamInput, liveStream } from '../../../lib/channel/live-stream';
import { LiveStreamingStack } from '../../../lib/live-streaming-stack';
import { sameBundle } from '../../../lib/stream/bundles';
import { templatesOf } from '../../templates-of';
import { UPDATE_CASES, type UpdateCase } from './cases';

type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>>;

interface Template {
  readonly Resources: Resources;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** The effect of an update on a running channel. */
export interface UpdateEffect {
  readonly channel: keyof typeof EFFECTS;
  readonly playbackChanges: boolean;
  readonly ingestChanges: boolean;
}

/** Stand-ins for the code of the functions, which does not change the rest of the template. */
const BUNDLES = sameBundle({ folder: join(__dirname, '..', '..', '..', 'edge'), contentHashes: {} });

/** The effects in the words of the page. */
const EFFECTS = {
  nothing: 'nothing',
  'applied while running': 'applied while running',
  'start or stop': 'started or stopped',
  'stop, update, restart': 'stopped, changed, started again',
  replacement: 'stopped, replaced, the new one started',
  removal: 'replaced by another channel: the old one is stopped and deleted',
} as const;

/** Finds the effect of an update from one description to another on the channel `main`. */
export function updateEffect({ before = {}, after }: UpdateCase): UpdateEffect {
  const [old, now] = [synthesize({ ...BASE, ...before }), synthesize({ ...BASE, ...after })];
  const playback = (template: Template) =>
    Object.entries(template.Outputs).filter(([name]) => /^Main(Hls|Dash)\w*Url$/.test(name));
  const wasPlayed = playback(old);
  return {
    channel: effect(old.Resources, now.Resources),
    playbackChanges: !same(wasPlayed, playback(now)),
    ingestChanges: ingestOf(old.Resources).some((was) => !ingestOf(now.Resources).some((is) => same(was, is))),
  };
}

/** The description of a case that gives none. */
const BASE: LiveStreamInput = { channels: [{ name: 'main', input: { kind: 'test-clip' } }] };

function effect(old: Resources, now: Resources): UpdateEffect['channel'] {
  if (same(old, now)) return 'nothing';
  const channels = (resources: Resources) => of(resources, 'main', 'AWS::MediaLive::Channel');
  const run = (resources: Resources) => of(resources, 'main', 'Custom::RunningState');
  const [[oldId, oldChannel] = [], [newId, newChannel] = []] = [channels(old)[0], channels(now)[0]];
  if (newId === undefined) return 'removal';
  if (newId !== oldId) return 'replacement';
  if (
    !same(oldChannel, newChannel) ||
    !same(of(old, 'main', 'AWS::MediaLive::Input'), of(now, 'main', 'AWS::MediaLive::Input'))
  ) {
    return 'stop, update, restart';
  }
  return run(old)[0]?.[1].Properties['Running'] === run(now)[0]?.[1].Properties['Running']
    ? 'applied while running'
    : 'start or stop';
}

/** Collects the properties that decide the addresses of publishers. */
function ingestOf(resources: Resources): readonly unknown[] {
  return of(resources, 'main', 'AWS::MediaLive::Input')
    .filter(([, { Properties }]) => ['Destinations', 'InputSecurityGroups', 'Vpc'].some((name) => name in Properties))
    .map(([id, { Properties }]) => [id, Properties['Destinations'], Properties['Vpc']]);
}

function of(resources: Resources, name: string, type: string) {
  const prefix = new RegExp(`^(Encoder|Input|OtherInputs|RunningState)${name}[A-Z]`);
  return Object.entries(resources).filter(([id, { Type }]) => Type === type && prefix.test(id));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Templates that were synthesized already: many cases begin with the same description. */
const TEMPLATES = new Map<string, Template>();

function synthesize(description: LiveStreamInput): Template {
  const key = JSON.stringify(description);
  const known = TEMPLATES.get(key);
  if (known !== undefined) return known;
  const stream = liveStream(description);
  const [made] = templatesOf((app) => [new LiveStreamingStack(app, 'LiveStreaming', { stream, bundles: BUNDLES })]);
  const template = made as unknown as Template;
  TEMPLATES.set(key, template);
  return template;
}

/** docs/updates.md, made from the templates. */
export function updatesMarkdown(): string {
  const yes = (change: boolean) => (change ? 'change' : 'stay');
  return [
    '# What an update does to a running channel',
    '',
    '<!-- Generated from the templates by `npm run docs`; a test keeps it current. -->',
    '',
    'MediaLive changes a channel and its input only while the channel is idle. An update that changes either of them would',
    "interrupt a running channel. By default it is refused before anything is changed. With `interruption: 'allow'`, or",
    '`npx cdk deploy -c interruption=allow`, the channel is stopped, changed and started again. Every other update is',
    'applied while the channel runs, and viewers do not notice it.',
    '',
    '- An update that fails is rolled back, and what was stopped for it runs again.',
    '- A channel that is idle stays idle until its turn in the update comes. Then `running` decides.',
    '- Replacing a channel needs a second MediaLive channel while the update lasts. A new account has five in a Region, and',
    '  one of UHD. So the redundancy of a UHD channel can change only after AWS has raised that quota.',
    '- Deleting the stack stops every channel first, whatever its state.',
    '- Set the tags of the stack (`cdk deploy --tags`, the console) when you create it. A later change of them changes every',
    '  resource, and Quiesce does not see it: MediaLive may refuse it for a running channel, and CloudFormation replaces a',
    '  channel of MediaPackage v1 and an input security group. Stop the channels first.',
    '- If the deletion of a stack fails at an input security group that is "still being used", repeat `npx cdk destroy`.',
    '  MediaLive takes some seconds to see that the input is gone.',
    '',
    '## A channel that was deleted by hand',
    '',
    'The stack still lists it, so an update that changes it fails with "not found". `npm run live -- status` shows it as',
    'MISSING, and the others as usual. To get it back, deploy twice: first without the channel in the description, then with',
    'it. If it is the only channel, deploy first with the other `redundancy`, then with the old one; each of the two is',
    'another MediaLive channel. Playback URLs stay; ingest URLs may change. `npx cdk destroy` needs none of this.',
    '',
    '## Options',
    '',
    '[configuration.md](configuration.md) explains them.',
    '',
    '| option | a running channel is | playback URLs | ingest URLs |',
    '|---|---|---|---|',
    ...UPDATE_CASES.map((one) => {
      const { channel: what, playbackChanges, ingestChanges } = updateEffect(one);
      const change = one.change === undefined ? '' : ` (${one.change})`;
      return `| \`${one.option}\`${change} | ${EFFECTS[what]} | ${yes(playbackChanges)} | ${yes(ingestChanges)} |`;
    }),
    '',
    '`npx cdk diff` shows what a change does before you deploy it. A line that changes `Settings` of a `Custom::Quiesce`',
    'interrupts that channel.',
    '',
  ].join('\n');
}
