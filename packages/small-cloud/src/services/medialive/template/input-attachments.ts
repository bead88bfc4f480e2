import type { Properties, Value } from '../../../contract';
import type { FailoverPlan } from '../contract/pipeline-source';
import { repeated } from '../contract/repeated';
import { refused } from '../contract/service-error';
import { type AudioSelector, audioSelectors } from './audio-selectors';
import { Settings } from './settings';

/** An input of a channel, with the settings of its attachment. */
export interface Attachment {
  readonly id: string;
  readonly attachmentName: string;
  /** True when a file starts again at its end. */
  readonly loop: boolean;
  /** Segment of an HLS playlist that reading starts with, counted from the newest; undefined for the oldest. */
  readonly bufferSegments?: number;
}

/** The inputs of a channel: the first, its failover, if it has one, and those to switch to. */
export interface Attachments {
  readonly first: Attachment;
  readonly second: (Attachment & { readonly failover: FailoverPlan }) | undefined;
  readonly prepared: readonly Attachment[];
  /** The audio selectors that every input has. */
  readonly audioSelectors: readonly AudioSelector[];
}

/** Defaults of a failover. MediaLive documents the loss time; the clear time is the value in its user guide. */
const DEFAULTS = { lossMs: 1000, clearMs: 30_000 } as const;

/**
 * Reads `InputAttachments`.
 *
 * @param channelName - the name of an attachment that has none.
 * @throws UnsupportedError that names what the local run does not model.
 * @throws ServiceError for what the service would refuse.
 */
export function inputAttachments(settings: Settings, channelName: string): Attachments {
  const given = settings.list('InputAttachments');
  const [first, ...others] = given.map((each) => read(each, channelName));
  const [firstSettings] = given;
  if (first === undefined || firstSettings === undefined) {
    throw refused(`${settings.at('InputAttachments')}: none given; one is needed`);
  }
  const names = [first, ...others].map(({ attachment }) => attachment.attachmentName);
  const twice = repeated(names);
  if (twice !== undefined) throw refused(`${settings.at('InputAttachments')}: the name ${twice} is there twice`);
  const shared = first.selectors.filter(({ name }) =>
    others.every(({ selectors }) => selectors.some((other) => other.name === name)),
  );
  const result = { first: first.attachment, audioSelectors: shared };
  const attachments = others.map(({ attachment }) => attachment);
  if (!firstSettings.has('AutomaticInputFailoverSettings')) {
    return { ...result, second: undefined, prepared: attachments };
  }
  const [second, ...prepared] = attachments;
  if (second === undefined) throw refused(`${settings.at('InputAttachments')}: a failover needs a second input`);
  return { ...result, second: { ...second, failover: failover(firstSettings, second) }, prepared };
}

function read(attachment: Settings, channelName: string) {
  const inputSettings = attachment.has('InputSettings') ? attachment.section('InputSettings') : new Settings({});
  const bufferSegments = openNetworkSettings(inputSettings)?.glimpse('BufferSegments');
  return {
    attachment: {
      id: attachment.text('InputId'),
      attachmentName: attachment.has('InputAttachmentName') ? attachment.text('InputAttachmentName') : channelName,
      loop: inputSettings.choice('SourceEndBehavior', ['CONTINUE', 'LOOP'], 'CONTINUE') === 'LOOP',
      ...(bufferSegments === undefined ? {} : { bufferSegments: Number(bufferSegments) }),
    },
    selectors: audioSelectors(inputSettings),
  };
}

/** Reads a failover. Conditions other than a loss stay unread: they are among the settings without effect. */
function failover(attachment: Settings, second: Attachment): FailoverPlan {
  const settings = attachment.section('AutomaticInputFailoverSettings');
  if (settings.text('SecondaryInputId') !== second.id) {
    throw refused(`${settings.at('SecondaryInputId')}: it is not the input of the second attachment`);
  }
  const conditions = settings
    .list('FailoverConditions')
    .map((condition) => condition.section('FailoverConditionSettings'));
  const losses = conditions.flatMap((one) =>
    one.has('InputLossSettings') ? [one.section('InputLossSettings').number('InputLossThresholdMsec')] : [],
  );
  checkClearTime(settings, conditions);
  const preference = settings.choice(
    'InputPreference',
    ['PRIMARY_INPUT_PREFERRED', 'EQUAL_INPUT_PREFERENCE'],
    'EQUAL_INPUT_PREFERENCE',
  );
  return {
    lossMs: losses[0] ?? DEFAULTS.lossMs,
    clearMs: settings.has('ErrorClearTimeMsec') ? settings.number('ErrorClearTimeMsec') : DEFAULTS.clearMs,
    returns: preference === 'PRIMARY_INPUT_PREFERRED',
  };
}

/** Members of failover conditions that hold a threshold. */
const THRESHOLDS = {
  AudioSilenceSettings: 'AudioSilenceThresholdMsec',
  InputLossSettings: 'InputLossThresholdMsec',
  VideoBlackSettings: 'VideoBlackThresholdMsec',
} as const;

const CLEAR_MARGIN_MS = 2000;

/** Checks that the clear time is above the thresholds. @throws ServiceError when it is not. */
function checkClearTime(failover: Settings, conditions: readonly Settings[]): void {
  const clearMs = failover.glimpse('ErrorClearTimeMsec');
  if (clearMs === undefined) return;
  const thresholds = conditions.flatMap((condition) =>
    Object.entries(THRESHOLDS).map(([key, threshold]) => {
      const given = condition.glimpse(key);
      return isProperties(given) ? Number(given[threshold] ?? DEFAULTS.lossMs) : 0;
    }),
  );
  const least = Math.max(0, ...thresholds) + CLEAR_MARGIN_MS;
  if (Number(clearMs) >= least) return;
  throw refused(
    `${failover.at('ErrorClearTimeMsec')}: ${String(clearMs)} was given; it must be at least ${CLEAR_MARGIN_MS} above the largest threshold of the failover conditions, ${least} or more`,
  );
}

function isProperties(value: Value | undefined): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Opens a section that has settings without effect, so that its other settings are still refused by name. */
function openNetworkSettings(inputSettings: Settings): Settings | undefined {
  if (!inputSettings.has('NetworkInputSettings')) return undefined;
  const network = inputSettings.section('NetworkInputSettings');
  return network.has('HlsInputSettings') ? network.section('HlsInputSettings') : undefined;
}
