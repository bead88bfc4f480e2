import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { Audio } from '../../channel/audio';
import type { Failover } from '../../channel/failover';
import { audioSelectors } from './audio-selectors';

const PREFERENCES = { primary: 'PRIMARY_INPUT_PREFERRED', either: 'EQUAL_INPUT_PREFERENCE' } as const;

/** Returns the conditions on which MediaLive switches to the second input and back. */
export function failoverSettings(
  { after, prefer, returnSeconds }: Failover,
  secondaryInputId: string,
  audio: Audio,
): CfnChannel.AutomaticInputFailoverSettingsProperty {
  const { inputLossSeconds, blackSeconds, blackLevel, silenceSeconds } = after;
  const conditions: CfnChannel.FailoverConditionSettingsProperty[] = [
    { inputLossSettings: { inputLossThresholdMsec: milliseconds(inputLossSeconds) } },
  ];
  if (blackSeconds !== undefined) {
    conditions.push({
      videoBlackSettings: { blackDetectThreshold: blackLevel, videoBlackThresholdMsec: milliseconds(blackSeconds) },
    });
  }
  if (silenceSeconds !== undefined) {
    conditions.push({
      audioSilenceSettings: {
        // The audio that players begin with, where there are several.
        audioSelectorName: audioSelectors(audio)[0]?.name ?? '',
        audioSilenceThresholdMsec: milliseconds(silenceSeconds),
      },
    });
  }
  return {
    secondaryInputId,
    inputPreference: PREFERENCES[prefer],
    errorClearTimeMsec: milliseconds(returnSeconds),
    failoverConditions: conditions.map((failoverConditionSettings) => ({ failoverConditionSettings })),
  };
}

function milliseconds(seconds: number): number {
  return Math.round(1000 * seconds);
}
