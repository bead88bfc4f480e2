import { describe, expect, test } from '@jest/globals';
import type { ChannelControl } from '../../lambda/shared/channels/channels';
import type { KnownState } from '../../lambda/shared/channels/decision';
import { reach } from '../../lambda/shared/channels/reach';

/** A channel that goes through the given states, one for each look at it, and stays in the last. */
class Channel implements ChannelControl {
  readonly calls: string[] = [];
  private time = 0;

  constructor(private readonly states: KnownState[]) {}

  readonly clock = {
    now: () => this.time,
    sleep: async (milliseconds: number) => {
      this.time += milliseconds;
    },
  };

  async state(): Promise<KnownState> {
    const [next, ...rest] = this.states;
    if (next === undefined) throw new Error('The fake channel was given no state');
    if (rest.length > 0) this.states.shift();
    return next;
  }

  async start(): Promise<void> {
    this.calls.push('start');
  }

  async stop(): Promise<void> {
    this.calls.push('stop');
  }
}

const workOn = (channel: Channel) => ({ channels: channel, clock: channel.clock, deadline: 600_000 });

describe('reaching the state that a channel should be in', () => {
  test.each<[string, KnownState[], 'RUNNING' | 'IDLE', string[]]>([
    [
      'starts an idle channel and waits until it runs',
      ['IDLE', 'STARTING', 'STARTING', 'RUNNING'],
      'RUNNING',
      ['start'],
    ],
    [
      'waits for a channel that is still being created',
      ['CREATING', 'CREATING', 'IDLE', 'RUNNING'],
      'RUNNING',
      ['start'],
    ],
    ['waits for a channel that MediaLive does not know yet', ['MISSING', 'IDLE', 'RUNNING'], 'RUNNING', ['start']],
    ['leaves a running channel alone', ['RUNNING'], 'RUNNING', []],
    ['waits for a recovering channel', ['RECOVERING', 'RUNNING'], 'RUNNING', []],
    ['starts a channel that was being stopped once it is idle', ['STOPPING', 'IDLE', 'RUNNING'], 'RUNNING', ['start']],
    ['stops a running channel and waits until it is idle', ['RUNNING', 'STOPPING', 'IDLE'], 'IDLE', ['stop']],
    ['stops a recovering channel', ['RECOVERING', 'STOPPING', 'IDLE'], 'IDLE', ['stop']],
    ['stops a starting channel once it runs', ['STARTING', 'RUNNING', 'IDLE'], 'IDLE', ['stop']],
    ['is content with a channel that is gone', ['MISSING'], 'IDLE', []],
    ['is content with a channel that could not be created', ['CREATE_FAILED'], 'IDLE', []],
    ['waits for a channel that is being deleted', ['DELETING', 'DELETED'], 'IDLE', []],
  ])('%s', async (_, states, wanted, calls) => {
    const channel = new Channel(states);
    await reach('1234567', wanted, workOn(channel));
    expect(channel.calls).toEqual(calls);
  });

  test.each<[string, KnownState[], string]>([
    ['that could not be created', ['CREATE_FAILED'], 'Channel 1234567 is CREATE_FAILED and cannot become RUNNING'],
    ['that is being deleted', ['DELETING'], 'Channel 1234567 is DELETING and cannot become RUNNING'],
    ['that stays unknown', ['MISSING'], 'Channel 1234567 is MISSING and cannot become RUNNING'],
    [
      'that does not start in time',
      ['IDLE', 'STARTING'],
      'Channel 1234567 is STARTING and did not become RUNNING in 600 s',
    ],
  ])('refuses to wait for a channel %s', async (_, states, sentence) => {
    const channel = new Channel(states);
    await expect(reach('1234567', 'RUNNING', workOn(channel))).rejects.toThrow(sentence);
  });
});
