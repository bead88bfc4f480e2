import type { KnownViewer } from '../shared/viewers/known-viewer';
import type { Poll } from './poll';

/** Rules of a channel with polls. */
export interface PollRules {
  /** True where everybody may watch. */
  readonly isPublic: boolean;
}

/** A vote of one viewer. */
export interface Vote {
  readonly poll: Poll;
  /** Hash of the viewer. */
  readonly user: string;
  /** Position of the option, from 0. */
  readonly option: number;
}

/** The polls and their votes. */
export interface PollBook {
  /** Keeps a poll, as the newest one of its channel. */
  open(poll: Poll): Promise<void>;
  /** Forgets a poll. */
  withdraw(poll: Poll): Promise<void>;
  poll(id: string): Promise<Poll | undefined>;
  /** Returns the id of the newest poll of a channel; undefined where there is none. */
  latest(channel: string): Promise<string | undefined>;
  /** Counts a vote, with its viewer, or neither. @returns false for a viewer who has voted already */
  vote(vote: Vote): Promise<boolean>;
  /** Returns the votes for each option. */
  counts(poll: Poll): Promise<readonly number[]>;
  /** Counts one more request from an address. @returns their number in this poll */
  from(poll: Poll, address: string): Promise<number>;
}

/** The dependencies of the function. Every call may fail; then no vote counts. */
export interface PollSurroundings {
  /** By the name of the channel. */
  readonly channels: Readonly<Record<string, PollRules>>;
  readonly book: PollBook;
  /** Reads the token of a viewer's session. @returns undefined for one that is not valid for the channel. */
  viewer(token: string, channel: string): Promise<KnownViewer | undefined>;
  /** Makes a name that nobody can guess. */
  randomId(): string;
  /** Time in seconds since 1970. */
  now(): number;
}
