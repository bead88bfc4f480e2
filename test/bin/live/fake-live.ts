import type { Context } from '../../../bin/live/context';
import type { Answer, Question } from '../../../bin/live/question-service';
import type { Alert, ChannelFacts, LiveService, LogLine, StackFacts } from '../../../bin/live/service';
import { FakeViewers } from './fake-viewers';

/** An error as the SDK throws it. */
export function sdkError(name: string, message = name, extra: object = {}): Error {
  return Object.assign(new Error(message), { name, ...extra });
}

interface FakeChannel {
  readonly facts: ChannelFacts | undefined;
  /** States that successive looks show; the last stays. An error is thrown. */
  readonly states: (string | Error)[];
  readonly alerts: readonly Alert[];
}

/** Facts that differ from the usual ones, and alerts. */
type More = Partial<ChannelFacts> & { readonly alerts?: readonly Alert[] };

export const NOW = Date.parse('2026-11-24T12:00:00Z');

/** A stack whose channels go through given states, with a clock that advances while somebody sleeps. */
export class FakeLive implements LiveService {
  /** Calls that change something, in order: `start 1`. */
  readonly calls: string[] = [];
  /** Errors of the next starts and stops. */
  readonly refusals: Error[] = [];
  readonly answer: string[] = [];
  readonly remarks: string[] = [];
  /** Called before each sleep; throws to end a watch. */
  beforeSleep: () => void = () => {};
  outputs: Record<string, string> = {};
  /** Lines of the log group with the history. */
  lines: LogLine[] = [];
  failure: Error | undefined;
  /** Answers of the next invocations. */
  readonly invocations: unknown[] = [];
  readonly viewers = new FakeViewers();
  /** Questions to the lake, and the reply to all of them. */
  readonly asked: Question[] = [];
  /** Files that were written, by their names. */
  readonly files = new Map<string, string>();
  reply: Answer = { columns: [], rows: [], scannedBytes: 0 };
  private readonly byId = new Map<string, FakeChannel>();
  private time = NOW;

  async invoke(functionName: string, event: object): Promise<unknown> {
    this.calls.push(`invoke ${functionName} ${JSON.stringify(event)}`);
    return this.invocations.shift();
  }

  async log(group: string, from: number): Promise<readonly LogLine[]> {
    this.calls.push(`log ${group}`);
    return this.lines.filter(({ at }) => at >= from);
  }

  add(id: string, name: string, states: (string | Error)[], { alerts = [], ...more }: More = {}) {
    const tags = { 'live-streaming:channel': name, ...more.tags };
    const facts = { state: '', name: `live-streaming-${name}`, pipelinesRunning: 1, inputs: ['main'], ...more, tags };
    this.byId.set(id, { facts, states, alerts });
    return this;
  }

  addMissing(id: string) {
    this.byId.set(id, { facts: undefined, states: [], alerts: [] });
    return this;
  }

  context(isTerminal = false): Context {
    return {
      service: this,
      viewers: this.viewers,
      questions: {
        ask: async (question) => {
          this.asked.push(question);
          return this.reply;
        },
      },
      clock: {
        now: () => this.time,
        sleep: async (milliseconds) => {
          this.beforeSleep();
          this.time += milliseconds;
        },
      },
      out: (line) => this.answer.push(line),
      save: async (path, text) => void this.files.set(path, text),
      err: (line) => this.remarks.push(line),
      isTerminal,
    };
  }

  async stack(name: string): Promise<StackFacts> {
    if (this.failure !== undefined) throw this.failure;
    return { name, status: 'CREATE_COMPLETE', outputs: this.outputs };
  }

  async channels() {
    return [...this.byId.keys()].map((channelId) => ({ logicalId: `Logical${channelId}`, channelId }));
  }

  async look(id: string): Promise<ChannelFacts | undefined> {
    const { facts, states } = this.known(id);
    if (facts === undefined) return undefined;
    const [state, ...rest] = states;
    if (state === undefined) throw new Error(`The fake channel ${id} was given no state`);
    if (rest.length > 0) states.shift();
    if (state instanceof Error) throw state;
    return { ...facts, state };
  }

  async alerts(id: string, which: 'SET' | 'ALL') {
    return this.known(id).alerts.filter(({ state }) => which === 'ALL' || state === 'SET');
  }

  async start(id: string) {
    this.call(`start ${id}`);
  }

  async stop(id: string) {
    this.call(`stop ${id}`);
  }

  private call(what: string): void {
    this.calls.push(what);
    const refusal = this.refusals.shift();
    if (refusal !== undefined) throw refusal;
  }

  private known(id: string): FakeChannel {
    const channel = this.byId.get(id);
    if (channel === undefined) throw new Error(`The test has no channel ${id}`);
    return channel;
  }
}
