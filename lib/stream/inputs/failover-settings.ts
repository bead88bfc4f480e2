import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { Audio } from '../../channel/audio';
import type { Failover } from '../../channel/failover';
import { audioSelectors } from '../encoder/audio-settings';

const PREFERENCES = { primary: 'PRIMARY_INPUT_PREFERRED', either: 'EQUAL_INPUT_PREFERENCE' } as const;

/** When MediaLive takes the second input in place of the first, and when it goes back. */
export function failoverSettings(
  { after, prefer, returnSeconds }: Failover,
  secondaryInputId: string,
  audio: Audio,
): CfnChannel.AutomaticInputFailoverSettingsProperty {
  const { inputLossSeconds, blackSeconds, blackLevel, silenceSeconds } = after;
  const conditions: readonly CfnChannel.FailoverConditionSettingsProperty[] = [
    { inputLossSettings: { inputLossThresholdMsec: milliseconds(inputLossSeconds) } },
    ...(blackSeconds === undefined
      ? []
      : [
          {
            videoBlackSettings: {
              blackDetectThreshold: blackLevel,
              videoBlackThresholdMsec: milliseconds(blackSeconds),
            },
          },
        ]),
    ...(silenceSeconds === undefined
      ? []
      : [
          {
            audioSilenceSettings: {
              // Of several sounds, the one that players begin with.
              audioSelectorName: audioSelectors(audio)[0]?.name ?? '',
              audioSilenceThresholdMsec: milliseconds(silenceSeconds),
            },
          },
        ]),
  ];
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
