import type { DashManifest, Endpoint, HlsManifest } from '../../src/services/mediapackage/model/endpoint';
import type { SessionStart } from '../../src/services/mediapackage/model/media';
import { Segmenter } from '../../src/services/mediapackage/model/segmenter';
import type { View } from '../../src/services/mediapackage/model/view';
import { madeFormat, madeSession, storedFragment } from './made-media';

/** Wall clock of time 0 of the channel, in seconds since 1970. */
export const EPOCH = 1_800_000_000;
/** Number of the first segment. */
export const FIRST = EPOCH / 2;

/** An HLS manifest with a window of 30 s. */
export const HLS: HlsManifest = {
  name: 'index',
  childName: 'index',
  windowSeconds: 30,
  programDateTimeSeconds: 1,
  lowLatency: false,
};
/** An LL-HLS manifest with a window of 30 s. */
export const LL: HlsManifest = { ...HLS, name: 'low-latency', childName: 'low-latency', lowLatency: true };
/** A DASH manifest with a window of 30 s. */
export const DASH: DashManifest = {
  name: 'index',
  windowSeconds: 30,
  minUpdatePeriodSeconds: 2,
  minBufferTimeSeconds: 4,
  suggestedPresentationDelaySeconds: 6,
  utcTiming: undefined,
};
const ENDPOINT: Endpoint = {
  arn: 'arn',
  container: 'CMAF',
  audioApart: true,
  segmentSeconds: 2,
  segmentName: 'segment',
  hlsManifests: [HLS, LL],
  dashManifests: [DASH],
};

/** Builds a live channel that receives media in half seconds, when the test says so. */
export function live(container: Endpoint['container'] = 'CMAF', audioApart = container === 'CMAF') {
  const segmenter = new Segmenter(2, EPOCH);
  const view: View = { endpoint: { ...ENDPOINT, container, audioApart }, segmenter, epochSeconds: EPOCH };
  const ordinals = { video: 0, audio: 0 };
  const formats = { video: 'video', audio: 'audio' };
  const frames = { inHalfASecond: 15 };
  const append = (track: 'video' | 'audio', session: SessionStart, start: number, seconds: number, key: boolean) =>
    segmenter.append(track, {
      ...storedFragment(session, madeFormat(track, formats[track]), ordinals[track]++, start, seconds, key),
      samples: frames.inHalfASecond,
    });
  return {
    view,
    /** Appends half seconds of video, with a keyframe every second. */
    video(session: SessionStart, from: number, to: number) {
      for (let start = from; start < to - 1e-9; start += 0.5) {
        append('video', session, start, 0.5, (start - session.startSeconds) % 1 === 0);
      }
    },
    /** Appends half seconds of audio. */
    audio(session: SessionStart, from: number, to: number) {
      for (let start = from; start < to - 1e-9; start += 0.5) append('audio', session, start, 0.5, true);
    },
    formats,
    frames,
  };
}

/** Builds a channel with one session from 0 s on. */
export function playing(seconds: number, container?: Endpoint['container']) {
  const channel = live(container);
  const session = madeSession(0);
  channel.video(session, 0, seconds);
  channel.audio(session, 0, seconds);
  return channel;
}
