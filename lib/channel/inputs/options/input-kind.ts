import type { z } from 'zod';

/** The ways in which the audio tracks of an input can be chosen. */
export type TrackChoice = 'language' | 'pid' | 'track';

/** One kind of input: its schema and the facts about it that rules and other layers ask for. */
export interface InputKind {
  /** Its name in docs/configuration.md. */
  readonly title: string;
  /** A sentence on the way of the video to MediaLive. */
  readonly intro: string;
  /** The customer's source in the table of README.md. Kinds with the same words share a row. */
  readonly source: string;
  readonly schema: z.ZodObject;
  /** The side that opens the connection, as MediaLive counts it: a channel may have two push inputs. */
  readonly direction: 'push' | 'pull';
  /** The option that lists one member for each pipeline, if there is one. */
  readonly onePerPipeline?: 'availabilityZones' | 'deviceIds' | 'flowArns' | 'sources' | 'streamNames';
  /** Always made with two endpoints (MediaLive's standard class), so a channel with a single pipeline cannot have it. */
  readonly standardClassOnly: boolean;
  /** MediaLive pairs two inputs of this kind for failover, and CloudFormation can make both. */
  readonly failover: boolean;
  /** The ways to choose its audio tracks, or `one-track` where it carries a single one. */
  readonly audio: 'one-track' | readonly TrackChoice[];
  /** The most inputs of this kind that a channel may have attached, where MediaLive limits it. */
  readonly mostAttached?: number;
}
