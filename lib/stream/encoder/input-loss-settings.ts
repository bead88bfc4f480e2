import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { InputLoss } from '../../channel/input-loss';
import type { Acknowledgement } from '../inputs/input-kind';
import { readSources, sourceOf } from '../inputs/pull';
import { NAME_OF_A_PASSWORD } from '../inputs/secret';

/**
 * Returns the video that MediaLive sends while the input is lost. The last image has no effect where the stream pauses
 * instead: viewers get no new segments.
 */
export function inputLossBehavior({
  repeatSeconds,
  blackSeconds,
  afterwards,
}: InputLoss): CfnChannel.InputLossBehaviorProperty {
  const times = {
    repeatFrameMsec: Math.round(1000 * repeatSeconds),
    blackFrameMsec: Math.round(1000 * blackSeconds),
  };
  const slate = slateOf(afterwards);
  return slate === undefined
    ? { ...times, inputLossImageType: 'COLOR', inputLossImageColor: colourOf(afterwards) }
    : { ...times, inputLossImageType: 'SLATE', inputLossImageSlate: location(sourceOf(slate)) };
}

/** Returns the permissions that the channel's role needs to show a slate. */
export function inputLossStatements({ afterwards }: InputLoss): readonly PolicyStatement[] {
  const slate = slateOf(afterwards);
  return slate === undefined ? [] : readSources([slate]);
}

/** Acknowledges the finding in a channel that has a slate with a password. */
export function inputLossAcknowledgements({ afterwards }: InputLoss): readonly Acknowledgement[] {
  return slateOf(afterwards)?.passwordParameter === undefined ? [] : [NAME_OF_A_PASSWORD];
}

const slateOf = (afterwards: InputLoss['afterwards']) => (afterwards === 'pause' ? undefined : afterwards.slate);
const colourOf = (afterwards: InputLoss['afterwards']) =>
  afterwards === 'pause' ? '000000' : (afterwards.colour ?? '000000').toUpperCase();

function location({ url, ...credentials }: ReturnType<typeof sourceOf>): CfnChannel.InputLocationProperty {
  return { uri: url ?? '', ...credentials };
}
