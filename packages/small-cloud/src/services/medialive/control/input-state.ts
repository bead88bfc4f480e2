/**
 * The states of a MediaLive input.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/inputs-inputid.html
 */
export const INPUT_STATES = ['CREATING', 'DETACHED', 'ATTACHED', 'DELETING', 'DELETED'] as const;

/** One of {@link INPUT_STATES}. */
export type InputState = (typeof INPUT_STATES)[number];

/** Events in the life of an input. */
export const INPUT_EVENTS = ['created', 'attach', 'detach', 'delete', 'deleted'] as const;

/** One of {@link INPUT_EVENTS}. */
export type InputEvent = (typeof INPUT_EVENTS)[number];

const NEXT: Readonly<Record<InputState, Partial<Record<InputEvent, InputState>>>> = {
  CREATING: { created: 'DETACHED' },
  DETACHED: { attach: 'ATTACHED', delete: 'DELETING' },
  ATTACHED: { detach: 'DETACHED' },
  DELETING: { deleted: 'DELETED' },
  DELETED: {},
};

/** Returns the state that follows; undefined when the event is not possible in this state. */
export function nextInputState(state: InputState, event: InputEvent): InputState | undefined {
  return NEXT[state][event];
}
