import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { InputLoss } from '../channel/input-loss';
import type { Acknowledgement } from './inputs/input-kind';
import { readSources, sourceOf } from './inputs/pull';
import { NAME_OF_A_PASSWORD } from './inputs/secret';

/** What MediaLive shows while the input is lost. A stream that pauses shows the last of it to nobody. */
export function inputLossBehavior({
  repeatSeconds,
  blackSeconds,
  then,
}: InputLoss): CfnChannel.InputLossBehaviorProperty {
  const slate = slateOf(then);
  return {
    repeatFrameMsec: Math.round(1000 * repeatSeconds),
    blackFrameMsec: Math.round(1000 * blackSeconds),
    ...(slate === undefined
      ? { inputLossImageType: 'COLOR', inputLossImageColor: colourOf(then) }
      : { inputLossImageType: 'SLATE', inputLossImageSlate: location(sourceOf(slate)) }),
  };
}

/** Whether an HLS output group goes on after that. */
export function inputLossAction({ then }: InputLoss): 'EMIT_OUTPUT' | 'PAUSE_OUTPUT' {
  return then === 'pause' ? 'PAUSE_OUTPUT' : 'EMIT_OUTPUT';
}

/** What the channel's role must be allowed to show a slate. */
export function inputLossStatements({ then }: InputLoss): readonly PolicyStatement[] {
  const slate = slateOf(then);
  return slate === undefined ? [] : readSources([slate]);
}

/** What is found in the channel for a slate with a password, and why it is right. */
export function inputLossAcknowledgements({ then }: InputLoss): readonly Acknowledgement[] {
  return slateOf(then)?.passwordParameter === undefined ? [] : [NAME_OF_A_PASSWORD];
}

const slateOf = (then: InputLoss['then']) => (then === 'pause' ? undefined : then.slate);
const colourOf = (then: InputLoss['then']) => (then === 'pause' ? '000000' : (then.colour ?? '000000').toUpperCase());

function location({ url, ...credentials }: ReturnType<typeof sourceOf>): CfnChannel.InputLocationProperty {
  return { uri: url ?? '', ...credentials };
}
