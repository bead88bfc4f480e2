import type { LiveStreamInput } from '../../../lib/channel/live-stream';

type Channel = LiveStreamInput['channels'][number];
type Failover = NonNullable<Channel['failover']>;
type Prepared = NonNullable<Channel['preparedInputs']>[number];

/** A change of one option of failover or prepared inputs. */
export interface OtherInputUpdate {
  /** The option below the channel, as docs/configuration.md has it. */
  readonly option: string;
  readonly before: Pick<Channel, 'input' | 'failover' | 'preparedInputs'>;
  readonly after: Pick<Channel, 'input' | 'failover' | 'preparedInputs'>;
}

const input = { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'] } satisfies Channel['input'];
const failover: Failover = { input };
const update = (option: string, change: Partial<Failover>, of: Failover = failover): OtherInputUpdate => ({
  option: `failover.${option}`,
  before: { input, failover: of },
  after: { input, failover: { ...of, ...change } },
});
const black: Failover = { ...failover, after: { blackSeconds: 5 } };

const slate: Prepared = { name: 'slate', input: { kind: 'test-clip' } };
const prepare = (option: string, before: readonly Prepared[], after: readonly Prepared[]): OtherInputUpdate => ({
  option: `preparedInputs${option}`,
  before: { input, preparedInputs: [...before] },
  after: { input, preparedInputs: [...after] },
});

/** A change of every option of failover and prepared inputs. */
export const OTHER_INPUT_UPDATES: readonly OtherInputUpdate[] = [
  { option: 'failover', before: { input }, after: { input, failover } },
  update('input', { input: { ...input, streamNames: ['live/backup'] } }),
  update('after.inputLossSeconds', { after: { inputLossSeconds: 3 } }),
  update('after.blackSeconds', { after: { blackSeconds: 5 } }),
  update('after.blackLevel', { after: { blackSeconds: 5, blackLevel: 0.2 } }, black),
  update('after.silenceSeconds', { after: { silenceSeconds: 5 } }),
  update('prefer', { prefer: 'either' }),
  update('returnSeconds', { returnSeconds: 60 }),
  prepare('', [], [slate]),
  prepare('[].name', [slate], [{ ...slate, name: 'film' }]),
  prepare('[].input', [slate], [{ ...slate, input }]),
];
