/** Name of the recorded channel. */
export const CHANNEL = 'stage';
/** One small RTMP channel that is recorded. */
export const DESCRIPTION = {
  channels: [
    {
      name: CHANNEL,
      input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['live/secret'] },
      ladder: [{ width: 320, height: 180, bitrate: 200_000 }],
      latency: 'low',
      recording: true,
    },
  ],
};

/** A recording of the catalogue. */
interface Recording {
  readonly id: string;
  readonly kind: string;
  readonly start: string;
  readonly end: string;
  readonly seconds: number;
  readonly parts: readonly { readonly manifests: { readonly hls: string } }[];
}

/** The list of recordings, as viewers get it. */
export interface Catalogue {
  readonly recordings: readonly Recording[];
  readonly running: readonly { readonly start: string }[];
}

/** Returns a template whose recorder hears of no stop. */
export function withoutStops(text: string): string {
  const template = JSON.parse(text) as { Resources: Record<string, { Properties: { EventPattern?: unknown } }> };
  const rule = Object.entries(template.Resources).find(([id]) => id.startsWith('RecordingRecorderEventsChannelState'));
  const pattern = rule?.[1].Properties.EventPattern as { detail: { state: string[] } };
  pattern.detail.state = ['RUNNING'];
  return JSON.stringify(template);
}
