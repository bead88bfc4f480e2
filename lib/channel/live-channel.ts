import { z } from 'zod';
import { adMarkersSchema } from './ad-markers';
import { audioProblems, audioSchema } from './audio';
import { autoStopSchema } from './auto-stop';
import { captionProblems, captionsSchema } from './captions';
import { channelAccessSchema } from './channel-access';
import { chatSchema } from './chat';
import { failoverProblems, failoverSchema } from './failover';
import { explain, stringThat } from './field';
import { FRAME_RATE_RULE, isFrameRate } from './frame-rate';
import { defaultFrameRate, frameRateProblems } from './gop';
import { hevcProblems } from './hevc';
import { endpointProblems, inputSchema, sourceProblems } from './input';
import { inputLossSchema } from './input-loss';
import { ladderSchema } from './ladder';
import { latencySchema } from './latency';
import { maintenanceSchema } from './maintenance';
import { preparedInputsProblems, preparedInputsSchema } from './prepared-inputs';
import { recordingSchema } from './recording';
import { rewindProblems, rewindSchema } from './rewind';
import { rule } from './rule';
import { scheduleSchema } from './schedule';

const PIPELINES = { 'single-pipeline': 1, 'two-pipelines': 2 } as const;

const channelName = stringThat(
  (name) => /^[a-z][a-z0-9-]{0,31}$/.test(name),
  'a lower-case letter, then up to 31 lower-case letters, digits and hyphens',
);

const channel = z.strictObject({
  name: channelName,
  input: inputSchema,
  failover: failoverSchema.optional(),
  preparedInputs: preparedInputsSchema,
  ladder: ladderSchema.default('hd-720p'),
  frameRate: stringThat(isFrameRate, FRAME_RATE_RULE).optional(),
  audio: audioSchema,
  captions: captionsSchema,
  adMarkers: adMarkersSchema,
  timedMetadata: z.boolean().default(false),
  inputLoss: inputLossSchema,
  thumbnails: z.boolean().default(false),
  latency: latencySchema.default('standard'),
  redundancy: z.enum(['single-pipeline', 'two-pipelines']).default('single-pipeline'),
  running: z.boolean().default(true),
  autoStop: autoStopSchema,
  maintenance: maintenanceSchema.optional(),
  schedule: scheduleSchema.optional(),
  rewind: rewindSchema.optional(),
  recording: recordingSchema.optional(),
  access: channelAccessSchema.optional(),
  chat: chatSchema.optional(),
  polls: z.boolean().default(false),
});

/** One live channel: its input, its encodes, and whether it should be running. */
export const liveChannelSchema = channel
  .check(
    rule((described, problem, raw) => {
      const { input, redundancy } = described;
      // A frame rate that was refused is no reason to check the default in its place.
      if (described.frameRate !== undefined || raw.frameRate === undefined) frameRateProblems(described, problem);
      sourceProblems({ input, redundancy, path: ['input'] }, problem);
      endpointProblems({ input, redundancy }, problem);
      audioProblems(described, problem);
      captionProblems(described, problem);
      hevcProblems(described, problem);
      failoverProblems(described, problem);
      preparedInputsProblems(described, problem);
      rewindProblems(described, problem);
    }),
  )
  .transform((described) => ({ ...described, frameRate: described.frameRate ?? defaultFrameRate(described.ladder) }));

/** One live channel with every default filled in. */
export type LiveChannel = z.infer<typeof liveChannelSchema>;

/** The number of pipelines of a channel: 1 or 2. */
export function pipelineCount({ redundancy }: Pick<LiveChannel, 'redundancy'>): 1 | 2 {
  return PIPELINES[redundancy];
}

explain(channel.shape, {
  name: {
    what: 'Name of the channel: a lower-case letter, then up to 31 lower-case letters, digits and hyphens. It is part of every playback URL.',
    effect: 'Changing it makes another channel with other URLs.',
  },
  input: { what: 'Where the contribution enters.' },
  failover: {
    what: 'A second input that MediaLive switches to when the first one fails (automatic input failover). Left out: there is none. MediaLive pairs RTMP push, RTP push and MediaConnect; not pull inputs, not Link devices, and CDI only by partner inputs, which CloudFormation cannot make.',
    effect: 'Protects the way to MediaLive, where `two-pipelines` protects MediaLive itself; they can be combined.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/eml-limitations-and-rules.html',
  },
  preparedInputs: {
    what: 'Further inputs that are attached to the channel. A producer switches to them while it runs, with a schedule action of MediaLive. At most two inputs of a channel may be push inputs (RTMP, RTP, SRT listener, MediaConnect, Link, CDI), failover included.',
    effect: 'Adding one to a running channel interrupts it; switching does not.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/ips-limits.html',
  },
  ladder: {
    what: 'The renditions that viewers switch between: a preset, or a list of renditions.',
    effect: 'More and larger renditions look better on large screens and cost more to encode and deliver.',
  },
  frameRate: {
    what: 'Frames per second of all renditions, as a whole number or a fraction: `25`, `30000/1001`. Left out: the rate of the ladder preset, and `30` for renditions of your own.',
    unit: 'frames/s',
    effect: 'Above 30, MediaLive charges more and every rendition needs more bits.',
  },
  audio: {
    what: 'The audio, shared by all renditions: one encode, or a list of tracks that viewers choose from. Players begin with the first track.',
  },
  captions: {
    what: 'Captions in the video of the input (CEA-608/708) that players get as WebVTT, a list of languages; or `none`.',
    local: 'The local run leaves them out.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/supported-formats-cmafi-output.html',
  },
  adMarkers: {
    what: 'Marks ad breaks (SCTE-35) of the input for players and ad servers; or `none`. Breaks that an operator puts into MediaLive’s schedule are marked as well.',
    local: 'The local run marks the breaks of the schedule, with MediaPackage v2; it reads none from the contribution.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/processing-options-default.html',
  },
  timedMetadata: {
    what: 'Whether timed ID3 is passed on in segments, where players hand it to applications. It comes from the input, and from MediaLive’s schedule. MediaPackage v1 gets it always.',
    local: 'The local run passes on that of the schedule, in CMAF; it reads none from the contribution.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/enable-passthrough-id3.html',
  },
  inputLoss: { what: 'What viewers see when the input is lost.' },
  thumbnails: {
    what: 'Whether MediaLive keeps a small image of what comes in, for its console and `DescribeThumbnails`. Viewing them requires `medialive:DescribeThumbnails`.',
    effect:
      'The role of the channel may then write to buckets of other accounts, because the name of MediaLive’s own bucket is not known beforehand.',
    local: 'The local run has none.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-thumbnailconfiguration.html',
  },
  latency: {
    what: 'A preset, or GOP, segment and window of your own.',
    effect:
      '`low` is for LL-HLS (AWS names 5 to 10 s from camera to screen, against 12 to 30 s), and asks more of networks and players than `standard`.',
  },
  redundancy: {
    what: 'How many independent encoders MediaLive runs, each in an Availability Zone of its own.',
    effect:
      '`two-pipelines` survives the loss of one of them, and costs about twice as much. MediaLive keeps the two in step where both are sent the same video. With a test clip, a file, `rtmp-pull`, `hls-pull`, or two sources that show different things, viewers may see a jump when one is lost.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/plan-redundancy.html',
  },
  running: {
    what: 'Whether a deployment leaves the channel running.',
    effect:
      'A running channel is charged by the minute, with or without input; an idle one has a small charge and shows nothing.',
    see: 'https://aws.amazon.com/medialive/pricing/',
  },
  autoStop: {
    what: 'When a running channel is stopped automatically, so that a forgotten one does not cost more. The `NoticesTopic` among the Outputs says what was stopped and why.',
  },
  maintenance: {
    what: 'When AWS may restart a running channel to maintain it. Left out: AWS chooses.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-maintenancecreatesettings.html',
  },
  schedule: {
    what: 'When the channel is started and stopped automatically. Left out: it has no schedule.',
    effect: 'With one, `running: false` leaves a new deployment idle until the first start.',
  },
  rewind: {
    what: 'How far back viewers may go while the channel is live. Left out: as far as the live manifest lists.',
    unit: 'minutes',
    effect:
      'MediaPackage serves a second, longer manifest beside each live one, without a charge for the time; every player that uses it fetches more text with every segment. A new account may list 15 minutes in v2 and 5 in v1; above that, have AWS raise its quota `Maximum live manifest length` before you deploy. With `s3`, the one playlist gets longer for everybody.',
    local: 'The local run keeps as much on disk.',
    see: 'https://docs.aws.amazon.com/mediapackage/latest/userguide/quotas.html',
  },
  recording: {
    what: 'Whether every run of the channel becomes a recording that viewers find in the player: `true`, or options. Left out: nothing is recorded. See docs/recordings.md.',
    effect:
      'Recordings cost storage, and delivery as the live stream does. With `s3`, the recorder copies the segments every minute, and the live playlist lists five minutes at least.',
    see: 'https://docs.aws.amazon.com/mediapackage/latest/userguide/live-to-vod.html',
  },
  chat: {
    what: 'Whether viewers chat beside the picture: `true`, or options. Left out: they do not. See docs/chat.md.',
    effect: 'IVS Chat charges by the message sent, and by the message delivered to each viewer.',
    see: 'https://aws.amazon.com/ivs/pricing/',
  },
  polls: {
    what: 'Whether an operator may ask the viewers while they watch, with `npm run live -- poll`. See docs/polls.md.',
    effect: 'It needs `timedMetadata: true`, and the origin `media-package`.',
    local: 'The local run puts questions into CMAF, not into transport stream segments.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/insert-id3-metadata-via-schedule.html',
  },
  access: {
    what: 'Who may watch, in a stack with `access`: `public`, all `viewers` who are let in, or some groups of them. Left out: `viewers`.',
  },
});
