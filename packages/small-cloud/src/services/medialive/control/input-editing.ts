import type { Properties } from '../../../contract';
import { type InputSource, sourceCount } from '../contract/input-source';
import { screenName } from '../contract/means';
import type { PushEndpoint } from '../contract/push-endpoint';
import type { AskedSource, InputProperties } from '../template/input-properties';
import type { InputSettings } from './input';

/** Finds an endpoint for each stream name: the one with that name, or else the port of another one. Closes the rest. */
export function matched(names: readonly string[], endpoints: readonly PushEndpoint[]): readonly PushEndpoint[] {
  const spare = [...endpoints];
  const take = (isRight: (endpoint: PushEndpoint) => boolean) => {
    const index = spare.findIndex(isRight);
    return index === -1 ? undefined : spare.splice(index, 1)[0];
  };
  const kept = names.map((name) => take(({ streamName }) => streamName === name));
  const result = names.flatMap((name, index) => kept[index] ?? take(() => true)?.renamed(name) ?? []);
  for (const endpoint of spare) endpoint.close();
  return result;
}

/** Makes the settings of an input from its properties and the endpoints that it has. */
export function settingsOf(
  { name, source: asked, securityGroups }: InputProperties,
  endpoints: readonly PushEndpoint[],
  stackName: string,
): InputSettings {
  const source: InputSource =
    asked.kind === 'push' ? { kind: asked.kind, type: asked.type, endpoints, srt: asked.srt } : asked;
  return {
    name,
    screenName: screenName(name, stackName),
    inputClass: classOf(sourceCount(source)),
    source,
    securityGroups,
  };
}

/** Counts the pipelines that a template asks for. */
export function askedPipelines(source: AskedSource): number {
  return source.kind === 'push' ? source.streamNames.length : sourceCount(source);
}

/** Returns the class of an input with so many sources. */
export function classOf(sources: number): InputSettings['inputClass'] {
  return sources === 2 ? 'STANDARD' : 'SINGLE_PIPELINE';
}

/** Leaves out the properties that may change while the channel runs. */
export function contribution({ Name: _name, Tags: _tags, ...rest }: Properties): Properties {
  return rest;
}
