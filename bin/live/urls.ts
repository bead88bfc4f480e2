import { type FoundStack, outputPrefix } from './stack';

/** Addresses of a channel, as `--json` prints them, if the stack offers them. */
export interface ChannelUrls {
  readonly name: string;
  /** Manifests by the names of their Outputs: `HlsUrl`, `DashUrl` and so on. */
  readonly manifests: Readonly<Record<string, string>>;
  /** Addresses that the encoder at the venue sends to, one per pipeline; none if MediaLive fetches the input. */
  readonly ingest: readonly {
    /** The pipeline, `0`; for a further input with its role, `backup 0`. */
    readonly endpoint: string;
    readonly server: string;
    readonly streamKey: string | null;
  }[];
}

/** Addresses of a stack. */
export interface StackUrls {
  readonly stack: string;
  readonly player: string | null;
  readonly channels: readonly ChannelUrls[];
}

const MANIFESTS = ['HlsUrl', 'HlsLowLatencyUrl', 'DashUrl', 'HlsTsUrl'] as const;

/** Reads the addresses from the Outputs. */
export function urlsOf({ stack: { name, outputs }, channels }: FoundStack): StackUrls {
  return {
    stack: name,
    player: outputs['PlayerUrl'] ?? null,
    channels: channels.map((channel) => {
      const prefix = outputPrefix(channel.name);
      return { name: channel.name, manifests: manifests(prefix, outputs), ingest: ingest(prefix, outputs) };
    }),
  };
}

function manifests(prefix: string, outputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    MANIFESTS.flatMap((name) => {
      const url = outputs[`${prefix}${name}`];
      return url === undefined ? [] : [[name, url] as const];
    }),
  );
}

function ingest(prefix: string, outputs: Readonly<Record<string, string>>): ChannelUrls['ingest'] {
  const name = new RegExp(`^${prefix}IngestServer(\\d)(\\w*)$`);
  return Object.entries(outputs)
    .flatMap(([output, server]) => {
      const [, pipeline, role] = name.exec(output) ?? [];
      if (pipeline === undefined || role === undefined) return [];
      const streamKey = outputs[`${prefix}IngestStreamKey${pipeline}${role}`] ?? null;
      return [{ endpoint: role === '' ? pipeline : `${role.toLowerCase()} ${pipeline}`, server, streamKey }];
    })
    .sort((one, other) => one.endpoint.localeCompare(other.endpoint));
}
