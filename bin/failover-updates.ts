import type { LiveStreamInput } from '../lib/channel/live-stream';

type Channel = LiveStreamInput['channels'][number];
type Failover = NonNullable<Channel['failover']>;

/** A change of one option of a channel's failover. */
export interface FailoverUpdate {
  /** The option below the channel, as docs/configuration.md has it. */
  readonly option: string;
  readonly before: Pick<Channel, 'input' | 'failover'>;
  readonly after: Pick<Channel, 'input' | 'failover'>;
}

const input = { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'] } satisfies Channel['input'];
const failover: Failover = { input };
const update = (option: string, change: Partial<Failover>, of: Failover = failover): FailoverUpdate => ({
  option: `failover.${option}`,
  before: { input, failover: of },
  after: { input, failover: { ...of, ...change } },
});
const black: Failover = { ...failover, after: { blackSeconds: 5 } };

/** A change of every option of a failover. */
export const FAILOVER_UPDATES: readonly FailoverUpdate[] = [
  { option: 'failover', before: { input }, after: { input, failover } },
  update('input', { input: { ...input, streamNames: ['live/backup'] } }),
  update('after.inputLossSeconds', { after: { inputLossSeconds: 3 } }),
  update('after.blackSeconds', { after: { blackSeconds: 5 } }),
  update('after.blackLevel', { after: { blackSeconds: 5, blackLevel: 0.2 } }, black),
  update('after.silenceSeconds', { after: { silenceSeconds: 5 } }),
  update('prefer', { prefer: 'either' }),
  update('returnSeconds', { returnSeconds: 60 }),
];
