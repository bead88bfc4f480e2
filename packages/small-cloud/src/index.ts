/**
 * The front door of the small cloud, and the only module for programs outside this package. It loads little itself: the
 * services are loaded when a cloud is opened.
 */
import type { LocalRun, RunOptions } from './run';
import type { SmallCloud, SmallCloudOptions } from './small-cloud';

export type { StackEvent } from './cloudformation/stack';
export { isList, isObject, type JsonObject, type Value } from './contract';
export { FASTEST } from './host/clock';
export { printable } from './printable';
export type { LocalRun } from './run';
export { Screen } from './screen';
export type { SmallCloud, SmallCloudOptions } from './small-cloud';
export { type Evaluation, evaluate, type PseudoParameters } from './template/evaluate';
export { readTemplate } from './template/read-template';
export type { World } from './template/scope';
export type { Template } from './template/template';
export type { Keys } from './wire/credentials';
export {
  environmentLines,
  findEnvironment,
  RUN_FOLDER,
  type RunEnvironment,
} from './wire/environment-file';

/** Makes a cloud without a stack, for the CDK CLI, the AWS CLI and the SDKs. Nothing listens until it is started. */
export async function openSmallCloud(options: SmallCloudOptions): Promise<SmallCloud> {
  const { SmallCloud } = await import('./small-cloud');
  return new SmallCloud(options);
}

/** Makes a cloud and one stack in it, from a template's file. Nothing listens until it is started. */
export async function openLocalRun(options: RunOptions): Promise<LocalRun> {
  const { LocalRun } = await import('./run');
  return new LocalRun(options);
}
