import type { LiveStreamInput } from '../../../lib/channel/live-stream';

type Channel = LiveStreamInput['channels'][number];
type CaptionTracks = Extract<NonNullable<Channel['captions']>, readonly unknown[]>;
type Tracks = Extract<NonNullable<Channel['audio']>, readonly unknown[]>;

/** A change of how an input is encoded: the option below the channel, and the channel before and after. */
interface ChannelUpdate {
  readonly option: string;
  readonly before: Partial<Channel>;
  readonly after: Partial<Channel>;
  /** @default media-package */
  readonly origin?: 's3';
}

const srt: Channel['input'] = { kind: 'srt-caller', sources: [{ address: '203.0.113.7', port: 9000 }] };
const file: Channel['input'] = { kind: 'ts-file', sources: [{ url: 'https://www.example.com/a.ts' }] };

function track(option: string, before: Partial<Tracks[number]>, after: Partial<Tracks[number]>): ChannelUpdate {
  const channel = (last: Partial<Tracks[number]>): Partial<Channel> => ({
    input: option === 'from.track' ? srt : file,
    audio: [{ language: 'eng' }, { language: 'deu', ...last }],
  });
  return { option: `audio[].${option}`, before: channel(before), after: channel(after) };
}

const slate = { url: 'https://www.example.com/back-soon.png' };
const guarded = { ...slate, username: 'slate', passwordParameter: '/live/slate-password' };

/** Changes what viewers see after an input loss, which only a bucket can show. */
function lost(
  before: NonNullable<Channel['inputLoss']>,
  after: NonNullable<Channel['inputLoss']>,
  below = '',
): ChannelUpdate {
  return {
    option: `inputLoss.afterwards${below}`,
    before: { inputLoss: before },
    after: { inputLoss: after },
    origin: 's3',
  };
}

function captions(option: string, after: Partial<CaptionTracks[number]>): ChannelUpdate {
  const channel = (last: Partial<CaptionTracks[number]>): Partial<Channel> => ({
    captions: [{ language: 'eng', ...last }],
  });
  return { option: `captions[].${option}`, before: channel({}), after: channel(after) };
}

/** A change of every option of audio, captions, markers, metadata and input loss. */
export const CHANNEL_UPDATES: readonly ChannelUpdate[] = [
  track('language', {}, { language: 'fra' }),
  track('name', {}, { name: 'Deutsch' }),
  track('codec', {}, { codec: 'ac3-passthrough' }),
  track('bitrate', {}, { bitrate: 128_000 }),
  track('from', {}, { from: { language: 'mul' } }),
  track('from.language', { from: { language: 'mul' } }, { from: { language: 'und' } }),
  track('from.track', { from: { track: 2 } }, { from: { track: 3 } }),
  track('from.pid', { from: { pid: 482 } }, { from: { pid: 483 } }),
  { option: 'captions', before: {}, after: { captions: [{ language: 'eng' }] } },
  captions('language', { language: 'deu' }),
  captions('name', { name: 'English' }),
  captions('channel', { channel: 2 }),
  lost({}, { afterwards: { colour: '1A1A40' } }),
  lost({ afterwards: { colour: '1A1A40' } }, { afterwards: { colour: '000000' } }, '.colour'),
  lost({ afterwards: { colour: '1A1A40' } }, { afterwards: { slate } }, '.slate'),
  lost({ afterwards: { slate } }, { afterwards: { slate: { url: 's3ssl://media/back-soon.png' } } }, '.slate.url'),
  lost(
    { afterwards: { slate: guarded } },
    { afterwards: { slate: { ...guarded, username: 'other' } } },
    '.slate.username',
  ),
  lost(
    { afterwards: { slate: guarded } },
    { afterwards: { slate: { ...guarded, passwordParameter: '/live/other' } } },
    '.slate.passwordParameter',
  ),
  { option: 'thumbnails', before: {}, after: { thumbnails: true } },
  { option: 'timedMetadata', before: {}, after: { timedMetadata: true } },
  { option: 'adMarkers', before: {}, after: { adMarkers: {} } },
  { option: 'adMarkers.manifests', before: { adMarkers: {} }, after: { adMarkers: { manifests: 'daterange' } } },
  { option: 'adMarkers.messages', before: { adMarkers: {} }, after: { adMarkers: { messages: 'time-signal' } } },
];
