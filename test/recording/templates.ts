import { type RecordedChannel, readRecorded } from '../../lambda/shared/recordings/recorded-channel';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { resources, synth, type Template } from '../stream/synth';

/** Synthesizes a channel with two hours of rewind whose shows are recorded, with pictures. */
export function synthRecording(changes: Partial<LiveStreamInput> = {}): Template {
  return synth({
    channels: [{ name: 'main', input: { kind: 'test-clip' }, rewind: 120, recording: { pictures: true } }],
    ...changes,
  });
}

/** Returns the resource whose id begins as given. */
export function starting(template: Template, type: string, id: string) {
  const found = resources(template, type).find((one) => one.id.startsWith(id));
  if (found === undefined) throw new Error(`there is no ${type} ${id}`);
  return found;
}

/** Returns the properties of an endpoint by its name. */
export function endpoint(template: Template, name: string): Readonly<Record<string, unknown>> {
  const found = resources(template, 'AWS::MediaPackageV2::OriginEndpoint').find(
    ({ Properties }) => Properties['OriginEndpointName'] === name,
  );
  if (found === undefined) throw new Error(`there is no endpoint ${name}`);
  return found.Properties;
}

/** Returns the channels that a function of the recording is told of, as it reads them. */
export function told(template: Template, id: string): readonly RecordedChannel[] {
  const { Environment } = starting(template, 'AWS::Lambda::Function', id).Properties as {
    readonly Environment: { readonly Variables: { readonly CHANNELS: unknown } };
  };
  return readRecorded(textOf(Environment.Variables.CHANNELS));
}

/** Returns the configuration of the player's page. */
export function pageConfig(template: Template): { readonly channels: readonly Readonly<Record<string, unknown>>[] } {
  const site = resources(template, 'Custom::BucketContent').find(
    ({ Properties }) => Properties['Config'] !== undefined,
  );
  return JSON.parse(textOf(site?.Properties['Config'])) as ReturnType<typeof pageConfig>;
}

/** Writes a joined text, with every reference as `x`. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': [, parts] = ['', ['x']] } = Object(value) as { readonly 'Fn::Join'?: [string, unknown[]] };
  return parts.map((part) => (typeof part === 'string' ? part : 'x')).join('');
}
