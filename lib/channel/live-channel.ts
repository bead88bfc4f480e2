import { z } from 'zod';
import { adMarkersSchema } from './ad-markers';
import { audioProblems, audioSchema } from './audio';
import { autoStopSchema } from './auto-stop';
import { captionProblems, captionsSchema } from './captions';
import { failoverProblems, failoverSchema } from './failover';
import { field, type Problem, rule, text } from './field';
import { FRAME_RATE_RULE, framesPerSecond, isFrameRate } from './frame-rate';
import { hevcProblems } from './hevc';
import { inputProblems, inputSchema } from './input';
import { inputLossSchema } from './input-loss';
import { type Ladder, ladderSchema } from './ladder';
import { LADDER_PRESETS } from './ladder-presets';
import { latencySchema, streamTiming } from './latency';
import { maintenanceSchema } from './maintenance';
import { preparedInputsProblems, preparedInputsSchema } from './prepared-inputs';
import { scheduleSchema } from './schedule';

const PIPELINES = { 'single-pipeline': 1, 'two-pipelines': 2 } as const;

/** One live channel: what comes in, what is made of it, and whether it should be running. */
export const liveChannelSchema = z
  .strictObject({
    name: field(
      text(
        (name) => /^[a-z][a-z0-9-]{0,31}$/.test(name),
        'a lower-case letter, then up to 31 lower-case letters, digits and hyphens',
      ),
      {
        what: 'Name of the channel: a lower-case letter, then up to 31 lower-case letters, digits and hyphens. It is part of every playback URL.',
        effect: 'Changing it makes another channel with other URLs.',
      },
    ),
    input: field(inputSchema, { what: 'Where the contribution enters.' }),
    failover: field(failoverSchema.optional(), {
      what: 'A second input that MediaLive takes when the first one fails (automatic input failover). Left out: there is none. MediaLive pairs RTMP push, RTP push and MediaConnect; not pull inputs, not Link devices, and CDI only by partner inputs, which CloudFormation cannot make.',
      effect: 'Protects the way to MediaLive, where `two-pipelines` protects MediaLive itself; they can be combined.',
      see: 'https://docs.aws.amazon.com/medialive/latest/ug/eml-limitations-and-rules.html',
    }),
    preparedInputs: field(preparedInputsSchema, {
      what: 'Further inputs that are attached to the channel, for a producer to switch to while it runs, with a schedule action of MediaLive. At most two inputs of a channel may be pushed to (RTMP, RTP, SRT listener, MediaConnect, Link, CDI), failover included.',
      effect: 'Adding one to a running channel interrupts it; switching does not.',
      see: 'https://docs.aws.amazon.com/medialive/latest/ug/ips-limits.html',
    }),
    ladder: field(ladderSchema.default('hd-720p'), {
      what: 'The renditions that viewers switch between: a preset, or a list of renditions.',
      effect: 'More and larger renditions look better on large screens and cost more to encode and deliver.',
    }),
    frameRate: field(text(isFrameRate, FRAME_RATE_RULE).optional(), {
      what: 'Frames per second of all renditions, as a whole number or a fraction: `25`, `30000/1001`. Left out: what the preset of the ladder brings, and `30` for renditions of your own.',
      unit: 'frames/s',
      effect: 'Above 30, MediaLive charges more and every rendition needs more bits.',
    }),
    audio: field(audioSchema, {
      what: 'The sound, shared by all renditions: one encode, or a list of tracks that viewers choose from, the first of them where they choose nothing.',
    }),
    captions: field(captionsSchema, {
      what: 'Captions in the picture of the input (CEA-608/708) that players get as WebVTT, a list of languages; or `none`.',
      effect: 'With `none`, players show no captions.',
      local: 'The local run leaves them out.',
      see: 'https://docs.aws.amazon.com/medialive/latest/ug/supported-formats-cmafi-output.html',
    }),
    adMarkers: field(adMarkersSchema, {
      what: 'Whether breaks that the input announces (SCTE-35), or that an operator announces in MediaLive’s schedule, are marked for players and ad servers; or `none`.',
      local: 'The local run has no markers.',
      see: 'https://docs.aws.amazon.com/medialive/latest/ug/processing-options-default.html',
    }),
    timedMetadata: field(z.boolean().default(false), {
      what: 'Whether timed ID3 of the input is passed on in segments, where players hand it to applications. MediaPackage v1 gets it always.',
      local: 'The local run has none.',
      see: 'https://docs.aws.amazon.com/medialive/latest/ug/enable-passthrough-id3.html',
    }),
    inputLoss: field(inputLossSchema, { what: 'What viewers see when the input is lost.' }),
    thumbnails: field(z.boolean().default(false), {
      what: 'Whether MediaLive keeps a small picture of what comes in, for its console and `DescribeThumbnails`. Viewing them requires `medialive:DescribeThumbnails`.',
      effect:
        'The role of the channel may then write to buckets of other accounts: the one of MediaLive has no name that is known beforehand.',
      local: 'The local run has none.',
      see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-thumbnailconfiguration.html',
    }),
    latency: field(latencySchema.default('standard'), {
      what: 'A preset, or GOP, segment and window of your own.',
      effect:
        '`low` is for LL-HLS (AWS names 5 to 10 s from camera to screen, against 12 to 30 s), and asks more of networks and players than `standard`.',
    }),
    redundancy: field(z.enum(['single-pipeline', 'two-pipelines']).default('single-pipeline'), {
      what: 'How many independent encoders MediaLive runs, in as many Availability Zones.',
      effect:
        '`two-pipelines` survives the loss of one of them, and costs about twice as much. MediaLive keeps the two in step where both get the same pictures; with `hls-pull`, or two sources that show different things, viewers may see a jump when one is lost.',
      see: 'https://docs.aws.amazon.com/medialive/latest/ug/plan-redundancy.html',
    }),
    running: field(z.boolean().default(true), {
      what: 'Whether a deployment leaves the channel running.',
      effect:
        'A running channel is charged by the minute, with or without input; an idle one has a small charge and shows nothing.',
      see: 'https://aws.amazon.com/medialive/pricing/',
    }),
    autoStop: field(autoStopSchema, {
      what: 'When a running channel is stopped by itself, so that a forgotten one does not go on costing money. The `NoticesTopic` among the Outputs says what was stopped and why.',
    }),
    maintenance: field(maintenanceSchema.optional(), {
      what: 'When AWS may restart a running channel to maintain it. Left out: AWS chooses.',
      see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-maintenancecreatesettings.html',
    }),
    schedule: field(scheduleSchema.optional(), {
      what: 'When the channel is started and stopped by itself. Left out: it has no schedule.',
      effect: 'With one, `running: false` leaves a new deployment idle until the first start.',
    }),
  })
  .check(
    rule('object', frameRateProblems),
    rule('object', ({ input, redundancy }) => inputProblems(input, redundancy)),
    rule('object', audioProblems),
    rule('object', captionProblems),
    rule('object', hevcProblems),
    rule('object', failoverProblems),
    rule('object', preparedInputsProblems),
  )
  .transform((channel) => ({ ...channel, frameRate: channel.frameRate ?? presetFrameRate(channel.ladder) }));

/** One live channel with every default filled in. */
export type LiveChannel = z.infer<typeof liveChannelSchema>;

/** How many pipelines a channel has: 1 or 2. */
export function pipelineCount(channel: Pick<LiveChannel, 'redundancy'>): 1 | 2 {
  return PIPELINES[channel.redundancy];
}

/** The frame rate of a channel that names none. */
function presetFrameRate(ladder: unknown = 'hd-720p'): string {
  return typeof ladder === 'string' && ladder in LADDER_PRESETS
    ? LADDER_PRESETS[ladder as Extract<Ladder, string>].frameRate
    : '30';
}

/** A GOP may miss its seconds by the thousandth part by which 29.97 misses 30, and by no more. */
const GOP_TOLERANCE = 0.002;

function gopProblem(latency: unknown, frameRate: unknown, path: readonly (string | number)[]): readonly Problem[] {
  const timing = latencySchema.safeParse(latency ?? 'standard');
  if (!timing.success || typeof frameRate !== 'string' || !isFrameRate(frameRate)) return [];
  const { gopSeconds } = streamTiming(timing.data);
  const frames = gopSeconds * framesPerSecond(frameRate);
  const whole = Math.max(1, Math.round(frames));
  if (Math.abs(frames - whole) / whole <= GOP_TOLERANCE) return [];
  return [
    {
      path: [...path, 'frameRate'],
      message: `${frameRate} frames per second make ${Math.round(frames * 1000) / 1000} frames of a GOP of ${gopSeconds} s; a GOP must hold a whole number of frames`,
    },
  ];
}

/** What is wrong with the frame rates of a channel and of its renditions. */
function frameRateProblems({ latency, frameRate, ladder }: Record<string, unknown>): readonly Problem[] {
  const whole = frameRate ?? presetFrameRate(ladder);
  const ofChannel = gopProblem(latency, whole, []);
  if (ofChannel.length > 0 || typeof whole !== 'string' || !isFrameRate(whole) || !Array.isArray(ladder)) {
    return ofChannel;
  }
  return ladder.flatMap((rendition: unknown, index): readonly Problem[] => {
    const own = (rendition as { frameRate?: unknown } | null)?.frameRate;
    if (typeof own !== 'string' || !isFrameRate(own)) return [];
    const times = framesPerSecond(whole) / framesPerSecond(own);
    if (Math.abs(times - Math.round(times)) < 1e-9) return gopProblem(latency, own, ['ladder', index]);
    const message = `${own} was given in a channel of ${whole} frames per second; a rendition has that rate divided by 1, 2, 3 …`;
    return [{ path: ['ladder', index, 'frameRate'], message }];
  });
}
