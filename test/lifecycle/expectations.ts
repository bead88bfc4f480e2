import type { Variant } from './variants';
import type { World } from './world';

/** States that a channel may have after an update that succeeded: as described if the update touched it, else as before. */
export function wantedStates(
  name: string,
  now: Variant,
  old: Variant | undefined,
  before: string | undefined,
): string[] {
  const described = running(name, now) ? 'RUNNING' : 'IDLE';
  const touched = before === undefined || runProperties(name, now) !== runProperties(name, old);
  return touched ? [described] : [before];
}

/** States that a channel may have after a rollback: as before, or as described. */
export function keptStates(name: string, old: Variant | undefined, before: string | undefined): string[] {
  const described = running(name, old) ? 'RUNNING' : 'IDLE';
  return before === undefined ? [] : [...new Set([before, described])];
}

function runProperties(name: string, variant: Variant | undefined): string {
  const found = Object.entries(variant?.template.Resources ?? {}).find(
    ([id, { Type }]) => Type === 'Custom::RunningState' && id.startsWith(`RunningState${name}`),
  );
  return JSON.stringify(found ?? '');
}

/** Reads the state of every channel of a description. */
export async function states(world: World, variant: Variant | undefined): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of channelNames(variant)) found.set(name, await world.state(name));
  return found;
}

/** Names of the channels of a description; none without one. */
export function channelNames(variant: Variant | undefined): readonly string[] {
  return variant?.stream.channels.map(({ name }) => name) ?? [];
}

/** The desired state of a channel; undefined for a channel that the description does not have. */
export function running(name: string, variant: Variant | undefined): boolean | undefined {
  return variant?.stream.channels.find((channel) => channel.name === name)?.running;
}

/** Lets time pass until some work is over. */
export type Pass = <T>(work: Promise<T>) => Promise<T>;

/** Expects something of a step. @throws Error that says where in the history it does not hold. */
export function hold(where: string, holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(`${where}: ${otherwise}`);
}

/** Expects that CloudFormation got an answer from every custom resource. */
export function answeredOnce(world: World, where: string): void {
  const { never: unanswered } = world.responses.accounts;
  hold(where, unanswered === 0, `${unanswered} custom resources were never answered`);
}
