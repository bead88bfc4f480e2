import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { InputLoss } from '../../channel/input-loss';
import type { Acknowledgement } from '../inputs/input-kind';
import { readSources, sourceOf } from '../inputs/pull';
import { NAME_OF_A_PASSWORD } from '../inputs/secret';

/** What MediaLive shows while the input is lost. A stream that pauses shows the last of it to nobody. */
export function inputLossBehavior({
  repeatSeconds,
  blackSeconds,
  afterwards,
}: InputLoss): CfnChannel.InputLossBehaviorProperty {
  const slate = slateOf(afterwards);
  return {
    repeatFrameMsec: Math.round(1000 * repeatSeconds),
    blackFrameMsec: Math.round(1000 * blackSeconds),
    ...(slate === undefined
      ? { inputLossImageType: 'COLOR', inputLossImageColor: colourOf(afterwards) }
      : { inputLossImageType: 'SLATE', inputLossImageSlate: location(sourceOf(slate)) }),
  };
}

/** Whether an HLS output group goes on after that. */
export function inputLossAction({ afterwards }: InputLoss): 'EMIT_OUTPUT' | 'PAUSE_OUTPUT' {
  return afterwards === 'pause' ? 'PAUSE_OUTPUT' : 'EMIT_OUTPUT';
}

/** What the channel's role must be allowed to show a slate. */
export function inputLossStatements({ afterwards }: InputLoss): readonly PolicyStatement[] {
  const slate = slateOf(afterwards);
  return slate === undefined ? [] : readSources([slate]);
}

/** What is found in the channel for a slate with a password, and why it is right. */
export function inputLossAcknowledgements({ afterwards }: InputLoss): readonly Acknowledgement[] {
  return slateOf(afterwards)?.passwordParameter === undefined ? [] : [NAME_OF_A_PASSWORD];
}

const slateOf = (afterwards: InputLoss['afterwards']) => (afterwards === 'pause' ? undefined : afterwards.slate);
const colourOf = (afterwards: InputLoss['afterwards']) =>
  afterwards === 'pause' ? '000000' : (afterwards.colour ?? '000000').toUpperCase();

function location({ url, ...credentials }: ReturnType<typeof sourceOf>): CfnChannel.InputLocationProperty {
  return { uri: url ?? '', ...credentials };
}
