import { INPUT_KINDS } from '../../../lib/channel/input';
import type { Chapter } from './chapter';

const ofChannel = (...names: readonly string[]) => names.map((name) => `channels[].${name}`);

/** The chapters, in the order of the page. Every option is in one of them. */
export const CHAPTERS: readonly Chapter[] = [
  {
    title: 'The description',
    sections: [
      {
        title: 'Top level',
        intro: 'Only `channels` is required.',
        example: 'test-clip.ts',
        options: [
          'origin',
          'edge',
          'access',
          'interruption',
          'notices',
          'operations',
          'analytics',
          'ads',
          'recordings',
          'channels',
        ],
      },
      {
        title: 'Channel',
        intro: 'Each channel has a name, an input and a ladder. One stack holds up to ten of them.',
        example: 'two-channels.ts',
        options: ofChannel(
          'name',
          'input',
          'failover',
          'preparedInputs',
          'ladder',
          'frameRate',
          'audio',
          'captions',
          'adMarkers',
          'timedMetadata',
          'inputLoss',
          'thumbnails',
          'latency',
          'redundancy',
          'running',
          'autoStop',
          'maintenance',
          'schedule',
          'rewind',
          'recording',
          'chat',
          'polls',
          'access',
        ),
      },
    ],
  },
  {
    title: 'Inputs',
    intro: 'The `kind` says how the video gets to MediaLive. The other options depend on it.',
    sections: Object.entries(INPUT_KINDS).map(([kind, { title, intro }]) => ({
      title,
      intro,
      example: `${kind}.ts`,
      options: [`channels[].input(${kind}).`],
    })),
  },
  {
    title: 'More than one input',
    sections: [
      {
        title: 'Failover',
        intro: 'A second input takes over when the first is lost.',
        example: 'failover.ts',
        options: ofChannel('failover.'),
      },
      {
        title: 'Prepared inputs',
        intro: 'A producer switches to these inputs during the show.',
        example: 'prepared-inputs.ts',
        options: ofChannel('preparedInputs[].'),
      },
    ],
  },
  {
    title: 'Encoding',
    sections: [
      {
        title: 'Ladder',
        intro: 'A ladder is the name of a [preset](#ladder-presets), or a list of renditions of your own.',
        example: 'own-renditions.ts',
        options: ofChannel('ladder[].'),
      },
      {
        title: 'Latency',
        intro: 'Latency is the name of a [preset](#latency-presets), or three numbers of your own.',
        example: 'own-latency.ts',
        options: ofChannel('latency.'),
      },
      {
        title: 'Audio',
        intro: 'Without this option, a channel has one audio track.',
        example: 'two-languages.ts',
        options: ofChannel('audio.', 'audio[].'),
      },
      {
        title: 'Captions and ad markers',
        example: 'captions-and-markers.ts',
        options: ofChannel('captions[].', 'adMarkers.'),
      },
      {
        title: 'Input loss',
        intro: 'The three steps follow one another: repeat the last frame, show black, then this.',
        example: 'input-loss.ts',
        options: ofChannel('inputLoss.'),
      },
    ],
  },
  {
    title: 'When a channel runs',
    sections: [
      {
        title: 'Schedule, auto-stop, maintenance',
        example: 'schedule.ts',
        options: ofChannel('schedule.', 'autoStop.', 'maintenance.'),
      },
      {
        title: 'Recording',
        intro:
          'What viewers find after the show. Left out, nothing is recorded; [docs/recordings.md](recordings.md) explains it.',
        example: 'recording.ts',
        options: ofChannel('recording.'),
      },
      {
        title: 'Chat',
        intro: 'What viewers say beside the picture; [docs/chat.md](chat.md) explains it.',
        example: 'chat.ts',
        options: ofChannel('chat.'),
      },
    ],
  },
  {
    title: 'Origins',
    intro: "`origin: 'media-package'` is short for `origin: { kind: 'media-package' }` with all its defaults.",
    sections: [
      {
        title: 'MediaPackage',
        intro: 'The default. It serves LL-HLS, HLS, DASH and HLS in MPEG-TS.',
        example: 'dash-only.ts',
        options: ['origin(media-package).'],
      },
      {
        title: 'MediaPackage v1',
        intro: 'The origin of the original solution, for those who must stay on it.',
        example: 'media-package-v1.ts',
        options: ['origin(media-package-v1).'],
      },
      {
        title: 'S3',
        intro: 'MediaLive writes finished HLS to a bucket. There is no LL-HLS and no DASH. The kind has no options.',
        example: 's3-origin.ts',
        options: ['origin(s3).'],
      },
      {
        title: 'MediaStore',
        intro: 'The legacy origin. It can be synthesized and run locally; AWS no longer deploys it.',
        example: 'media-store.ts',
        options: ['origin(media-store).'],
      },
    ],
  },
  {
    title: 'Edge, viewers, notices and operations',
    sections: [
      { title: 'Edge', intro: 'How CloudFront delivers.', example: 'edge.ts', options: ['edge.'] },
      {
        title: 'Viewer access',
        intro: 'Who may watch. Left out, everybody may; [docs/access.md](access.md) explains it.',
        example: 'access.ts',
        options: ['access.', ...ofChannel('access.')],
      },
      { title: 'Notices', intro: 'Who gets a mail about the channels.', example: 'notices.ts', options: ['notices.'] },
      {
        title: 'Operations',
        intro: 'What watches the channels. It is on by default; [docs/operations.md](operations.md) explains it.',
        example: 'operations.ts',
        options: ['operations.'],
      },
      { title: 'Analytics', intro: 'See [Audience](audience.md).', example: 'analytics.ts', options: ['analytics.'] },
      { title: 'Ads', intro: 'See [Advertising](advertising.md).', example: 'ads.ts', options: ['ads.'] },
    ],
  },
];
