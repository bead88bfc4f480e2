import type { LiveStream } from '../../lib/channel/live-stream';
import { ADS_NOTES } from '../../lib/cost/ads-cost';
import { ASSUMPTIONS, NOT_INCLUDED } from '../../lib/cost/assumptions';
import { chatNotes } from '../../lib/cost/chat-cost';
import { pollNotes } from '../../lib/cost/poll-cost';
import { RECORDING_ASSUMPTIONS, RECORDING_NOT_INCLUDED, recordingCostPerMonth } from '../../lib/cost/recording-cost';

/** Sentences under a table of costs. */
export interface CostNotes {
  readonly assumptions: readonly string[];
  readonly notIncluded: readonly string[];
}

/** Returns the sentences that belong to a description: those of every one, and those of what it has. */
export function costNotes(stream: LiveStream): CostNotes {
  const { channels } = stream;
  const records = channels.some((channel) => recordingCostPerMonth(channel).parts.length > 0);
  const recording = { assumptions: RECORDING_ASSUMPTIONS, notIncluded: RECORDING_NOT_INCLUDED };
  const all: readonly CostNotes[] = [
    { assumptions: ASSUMPTIONS, notIncluded: NOT_INCLUDED },
    ...(records ? [recording] : []),
    chatNotes(channels),
    pollNotes(channels),
    ...(stream.ads === undefined ? [] : [ADS_NOTES]),
  ];
  return {
    assumptions: all.flatMap(({ assumptions }) => assumptions),
    notIncluded: all.flatMap(({ notIncluded }) => notIncluded),
  };
}
