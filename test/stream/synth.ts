import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { type LiveStreamInput, liveStream } from '../../lib/channel/live-stream';
import { LiveStreamingStack } from '../../lib/live-streaming-stack';
import type { Bundles } from '../../lib/stream/bundles';

type ChannelInput = LiveStreamInput['channels'][number];

/** A resource of a synthesized template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
}

/** A synthesized template. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown; readonly Description: string }>>;
  readonly Rules?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Readonly<Record<string, unknown>>;
}

const folder = mkdtempSync(join(tmpdir(), 'synth-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Code of the gate in these templates. Its real size is `gateCode()`. */
export const GATE_STUB = 'function handler(event) { return event.request; }';

/** Bundles with nothing in them: a template is the same whatever its functions do. */
const bundles: Bundles = {
  bucketContent: { folder: bundle('bucket-content'), contentHashes: { site: 'site-hash', 'test-clip': 'clip-hash' } },
  channelState: { folder: bundle('channel-state'), contentHashes: {} },
  containerContent: { folder: bundle('container-content'), contentHashes: {} },
  guard: { folder: bundle('guard'), contentHashes: {} },
  notices: { folder: bundle('notices'), contentHashes: {} },
  probe: { folder: bundle('probe'), contentHashes: {} },
  gate: { folder: '', contentHashes: {}, inline: GATE_STUB },
  viewerKeys: { folder: bundle('viewer-keys'), contentHashes: {} },
  viewerSessions: { folder: bundle('viewer-sessions'), contentHashes: {} },
  recorder: { folder: bundle('recorder'), contentHashes: {} },
  catalogue: { folder: bundle('catalogue'), contentHashes: {} },
  collector: { folder: bundle('collector'), contentHashes: {} },
  chatRoom: { folder: bundle('chat-room'), contentHashes: {} },
  chatReview: { folder: bundle('chat-review'), contentHashes: {} },
  adPlaylist: { folder: bundle('ad-playlist'), contentHashes: {} },
  adDecision: { folder: bundle('ad-decision'), contentHashes: {} },
  pollDesk: { folder: bundle('poll-desk'), contentHashes: {} },
};

/** The test clip as one channel. */
export const mainChannel: ChannelInput = { name: 'main', input: { kind: 'test-clip' } };

/** RTMP from one address, with two pipelines. */
export const stageChannel: ChannelInput = {
  name: 'stage',
  input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'] },
  redundancy: 'two-pipelines',
  latency: 'low',
};

/** MediaPackage v2 with every option other than it is by default. */
export const packagerWithOptions: LiveStreamInput['origin'] = {
  kind: 'media-package',
  formats: ['ll-hls', 'hls', 'dash', 'hls-ts', 'mss'],
  startOverSeconds: 3600,
  forceEndpointErrors: ['stale-manifest'],
  ingest: 'cmaf',
  inputSwitching: 'media-quality',
};

/** Result of synthesis: the template, and the file that holds it. */
export interface Synthesis {
  readonly template: Template;
  readonly file: string;
}

/**
 * Synthesizes the stack, with cdk-nag and CDK's own validation: a finding that is not acknowledged is an error here.
 *
 * @param overrides - what differs from a description with the one channel {@link mainChannel}.
 */
export function synthesize(overrides: Partial<LiveStreamInput> = {}, stackName = 'live'): Synthesis {
  return synthesized(overrides, stackName, true);
}

/** The template alone, with cdk-nag. CDK's own validation takes long; examples, golden templates and the matrix have it. */
export function synth(overrides: Partial<LiveStreamInput> = {}, stackName = 'live'): Template {
  return synthesized(overrides, stackName, false).template;
}

function synthesized(overrides: Partial<LiveStreamInput>, stackName: string, validated: boolean): Synthesis {
  const { context } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'cdk.json'), 'utf8')) as {
    context: Record<string, unknown>;
  };
  const outdir = mkdtempSync(join(folder, 'out-'));
  const app = new App({
    outdir,
    context,
    analyticsReporting: false,
    builtinCloudFormationValidation: validated,
    stackTraces: false,
    treeMetadata: false,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const stack = new LiveStreamingStack(app, 'LiveStreaming', {
    stackName,
    bundles,
    stream: liveStream({ channels: [mainChannel], ...overrides }),
  });
  app.synth();
  const report = readReport(outdir);
  if (report.length > 0) throw new Error(`Findings:\n${report.join('\n')}`);
  const file = join(outdir, stack.templateFile);
  return { file, template: JSON.parse(readFileSync(file, 'utf8')) as Template };
}

/** The resources of one type. */
export function resources(template: Template, type: string): readonly (TemplateResource & { readonly id: string })[] {
  return Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => ({ id, ...resource }));
}

/** The only resource of a type. */
export function only(template: Template, type: string): TemplateResource & { readonly id: string } {
  const found = resources(template, type);
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} resources of type ${type}, not one`);
  return first;
}

function bundle(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, 'index.js'), `// ${name}\n`);
  return path;
}

/** Reads the findings of cdk-nag and CDK's validation that nobody acknowledged. */
function readReport(outdir: string): readonly string[] {
  const { pluginReports } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as {
    pluginReports: readonly {
      readonly pluginName: string;
      readonly violations: readonly {
        readonly ruleName: string;
        readonly description: string;
        readonly violatingConstructs: readonly { readonly constructPath: string }[];
      }[];
    }[];
  };
  if (!pluginReports.some(({ pluginName }) => pluginName === 'AwsSolutions')) throw new Error('cdk-nag did not run');
  return pluginReports.flatMap(({ pluginName, violations }) =>
    violations.map(
      ({ ruleName, description, violatingConstructs }) =>
        `${pluginName} ${ruleName} at ${violatingConstructs.map(({ constructPath }) => constructPath).join(', ')}: ${description}`,
    ),
  );
}
