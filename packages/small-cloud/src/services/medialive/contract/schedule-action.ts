import type { MediaMessage } from '../../../contract';

/** An action of a channel's schedule, in the API's form. */
export interface ScheduleAction {
  readonly actionName: string;
  readonly scheduleActionStartSettings: Readonly<Record<string, unknown>>;
  readonly scheduleActionSettings: Readonly<Record<string, unknown>>;
}

/** The kinds of actions that insert ID3 once, by the keys of their settings in the API. */
export type MetadataAction = 'hlsTimedMetadataSettings' | 'timedMetadataSettings';

/** The effect of an action: another input on air, or a message in the media. */
export type ActionEffect =
  | { readonly kind: 'input-switch'; readonly attachmentName: string }
  | {
      readonly kind: 'message';
      readonly message: MediaMessage;
      /** Kind of the action, for ID3: an output group takes it from one of them. */
      readonly by?: MetadataAction;
    };

/** An action of a channel's schedule that has been read. */
export interface PlannedAction {
  readonly action: ScheduleAction;
  readonly effect: ActionEffect;
  /** Time at which it starts, in milliseconds since 1970; undefined for one that starts at once. */
  readonly startsAt: number | undefined;
}

/** An action in a channel's schedule. */
export interface ListedAction extends PlannedAction {
  /** Time at which it starts, or at which it was asked for. */
  readonly startsAt: number;
}
