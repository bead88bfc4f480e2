import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { type LiveStreamInput, liveStream } from '../../../lib/channel/live-stream';
import { LiveStreamingStack } from '../../../lib/live-streaming-stack';
import type { Bundle } from '../../../lib/stream/bundles';
import { UPDATE_CASES, type UpdateCase } from './cases';

type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>>;

interface Template {
  readonly Resources: Resources;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** What an update does to a channel that runs. */
export interface UpdateEffect {
  readonly channel: keyof typeof EFFECTS;
  readonly playbackChanges: boolean;
  readonly ingestChanges: boolean;
}

/** The effects, in the words of the page. */
const EFFECTS = {
  nothing: 'nothing',
  'applied while running': 'applied while running',
  'start or stop': 'started or stopped',
  'stop, update, restart': 'stopped, changed, started again',
  replacement: 'stopped, replaced, the new one started',
  removal: 'another channel: the old one is stopped and deleted',
} as const;

/** What an update from one description to another does to the channel `main`. */
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

/** What a case is about where it says nothing else. */
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

/** What decides the addresses that publishers use. */
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

function synthesize(description: LiveStreamInput): Template {
  const outdir = mkdtempSync(join(tmpdir(), 'update-matrix-'));
  try {
    const app = new App({ outdir, analyticsReporting: false });
    // The templates are the same whatever the functions do.
    const bundle: Bundle = { folder: join(__dirname, '..', '..', '..', 'examples'), contentHashes: {} };
    new LiveStreamingStack(app, 'LiveStreaming', {
      stream: liveStream(description),
      bundles: { bucketContent: bundle, channelState: bundle, containerContent: bundle, guard: bundle },
    });
    app.synth();
    return JSON.parse(readFileSync(join(outdir, 'LiveStreaming.template.json'), 'utf8')) as Template;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** docs/updates.md, from the templates. */
export function updatesMarkdown(): string {
  const yes = (change: boolean) => (change ? 'change' : 'stay');
  return [
    '# What an update does to a running channel',
    '',
    '<!-- Generated from the templates by `npm run docs`; a test keeps it current. -->',
    '',
    'MediaLive changes a channel and its input only while the channel is idle. So an update that changes what is baked',
    "into them stops the channel, changes it, and starts it again, if `interruption: 'allow'` (or `npx cdk deploy -c",
    'interruption=allow`) says that it may. Without, such an update of a channel on air is refused before anything of',
    'the stream is changed. Everything else is applied while the channel runs, and viewers do not notice.',
    '',
    '- An update that fails is rolled back, and what was stopped for it runs again.',
    '- A channel that is idle stays so until its turn in the update comes; then it is as `running` says.',
    '- Replacing a channel takes a second MediaLive channel for as long as the update lasts; a new account has five in a',
    '  Region, and one of UHD. So the redundancy of a UHD channel changes only once AWS has raised that quota.',
    '- Deleting the stack stops every channel first, whatever its state.',
    '- Tags of the stack (`cdk deploy --tags`, the console) belong to its creation. Changed later, they are changes of',
    '  every resource that no hash of ours sees: MediaLive may refuse them for a running channel, and a channel of',
    '  MediaPackage v1 and an input security group are replaced by them. Stop the channels first.',
    '- A stack whose deletion fails at an input security group that is "still being used" is deleted with a second',
    '  `npx cdk destroy`: MediaLive takes some seconds to see that the input is gone.',
    '',
    '## A channel that was deleted by hand',
    '',
    'The stack still lists it, so an update that changes it fails with "not found". `npm run live -- status` shows it as',
    'MISSING, and the others as ever. To get it back, deploy twice: first without the channel in the description, then',
    'with it. Where it is the only channel, deploy first with the other `redundancy`, then as it was; each of the two is',
    'another MediaLive channel. Playback URLs stay; ingest URLs may change. `npx cdk destroy` needs none of this.',
    '',
    '## Options',
    '',
    '| option | a running channel is | playback URLs | ingest URLs |',
    '|---|---|---|---|',
    ...UPDATE_CASES.map((one) => {
      const { channel: what, playbackChanges, ingestChanges } = updateEffect(one);
      const change = one.change === undefined ? '' : ` (${one.change})`;
      return `| \`${one.option}\`${change} | ${EFFECTS[what]} | ${yes(playbackChanges)} | ${yes(ingestChanges)} |`;
    }),
    '',
    'To find out what a change of yours does before you deploy it: `npx cdk diff`. A line that changes `Settings` of a',
    '`Custom::Quiesce` interrupts that channel.',
    '',
  ].join('\n');
}
