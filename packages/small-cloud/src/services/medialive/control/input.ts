import type { InputSource } from '../contract/input-source';
import { ServiceError } from '../contract/service-error';
import { type InputEvent, type InputState, nextInputState } from './input-state';
import type { Tags } from './tags';

/** Settings of an input that can be edited. */
export interface InputSettings {
  readonly name: string;
  /** Its name on the screen. */
  readonly screenName: string;
  /** STANDARD with two sources or destinations, SINGLE_PIPELINE with one. */
  readonly inputClass: 'STANDARD' | 'SINGLE_PIPELINE';
  readonly source: InputSource;
  readonly securityGroups: readonly string[];
}

/** An input and the channel that it is attached to. */
export interface Input {
  readonly id: string;
  readonly arn: string;
  settings: InputSettings;
  tags: Tags;
  state: InputState;
  /** Id of the channel, undefined while detached. */
  channel: string | undefined;
}

/** Takes an input to its next state. @throws ServiceError (ConflictException) when its state forbids it. */
export function stepInput(input: Input, event: InputEvent): void {
  const next = nextInputState(input.state, event);
  if (next === undefined) {
    const sentence = `Cannot ${event} input ${input.settings.name} (${input.id}): it is ${input.state}`;
    throw new ServiceError('ConflictException', sentence);
  }
  input.state = next;
}

/** Attaches an input to a channel. @throws ServiceError (ConflictException) when it is not free. */
export function attachInput(input: Input, channelId: string): void {
  stepInput(input, 'attach');
  input.channel = channelId;
}

/** Frees an input that is attached to a channel. */
export function detachInput(input: Input): void {
  stepInput(input, 'detach');
  input.channel = undefined;
}
