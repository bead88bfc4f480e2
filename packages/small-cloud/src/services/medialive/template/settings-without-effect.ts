import type { SettingsWithoutEffect } from './settings';

const X264 =
  'the speed preset of x264 or x265 decides; the local run spends processor time on staying live, not on the last bit';
const MAKER = 'MediaLive writes it into the stream for receivers that the local run does not have';
const PAUSES = 'the local run pauses as soon as the input is lost, without repeated or black frames before';
const CAPTIONS = 'the local run reads no captions from the video';
const CONSOLE = 'it concerns the service, not the video';

const MARKERS = 'the local run reads no messages from the contribution';
const HLS_MARKERS = 'the local run puts no markers into the HLS of a bucket';

const PACKAGER_GROUP = {
  TimedMetadataPassthrough: { why: MARKERS },
} as const;

const HLS_GROUP = {
  AdMarkers: { why: HLS_MARKERS },
  ClientCache: { why: 'no player looks at EXT-X-ALLOW-CACHE any more', only: ['ENABLED'] },
  CodecSpecification: { why: 'CODECS is left out of the playlist: x264 chooses the level while it encodes' },
  DiscontinuityTags: { why: 'a new encoder process always begins with one', only: ['INSERT'] },
  HlsCdnSettings: { why: 'on this machine nothing gets lost on the way to the bucket' },
  HlsId3SegmentTagging: { why: 'the local run makes none', only: ['DISABLED'] },
  IFrameOnlyPlaylists: { why: 'the local run makes none', only: ['DISABLED'] },
  IncompleteSegmentBehavior: { why: 'the end of a stopped stream is put', only: ['AUTO'] },
  ManifestCompression: { why: 'the edge compresses', only: ['NONE'] },
  ManifestDurationFormat: { why: 'durations have fractions', only: ['FLOATING_POINT'] },
  ProgramDateTimeClock: { why: 'it is the clock of this machine', only: ['SYSTEM_CLOCK'] },
  ProgramDateTimePeriod: { why: 'every segment has its time' },
  SegmentationMode: { why: 'segments are as long as they are said to be', only: ['USE_SEGMENT_DURATION'] },
  StreamInfResolution: { why: 'the playlist says it', only: ['INCLUDE'] },
} as const satisfies SettingsWithoutEffect;

const H264 = {
  AdaptiveQuantization: { why: X264 },
  AfdSignaling: { why: MAKER, only: ['NONE'] },
  ColorMetadata: { why: 'the colours of the input are passed on', only: ['INSERT', 'IGNORE'] },
  EntropyEncoding: { why: X264 },
  FlickerAq: { why: X264 },
  ForceFieldPictures: { why: 'the video is progressive', only: ['DISABLED'] },
  GopBReference: { why: 'there are no B-frames: they would delay every frame' },
  GopNumBFrames: { why: 'there are no B-frames: they would delay every frame' },
  LookAheadRateControl: { why: 'x264 does not look ahead: it would delay every frame' },
  MinIInterval: { why: 'keyframes stay on the grid of the GOP' },
  NumRefFrames: { why: X264 },
  QualityLevel: { why: X264 },
  ScanType: { why: 'the video is progressive', only: ['PROGRESSIVE'] },
  SceneChangeDetect: { why: 'keyframes stay on the grid of the GOP, which is what the packager cuts at' },
  Softness: { why: X264 },
  SpatialAq: { why: X264 },
  SubgopLength: { why: 'there are no B-frames: they would delay every frame' },
  Syntax: { why: 'it is the only syntax there is', only: ['DEFAULT'] },
  TemporalAq: { why: X264 },
  TimecodeInsertion: { why: MAKER, only: ['DISABLED', 'PIC_TIMING_SEI'] },
} as const satisfies SettingsWithoutEffect;

const H265 = {
  AdaptiveQuantization: { why: X264 },
  AfdSignaling: { why: MAKER, only: ['NONE'] },
  AlternativeTransferFunction: { why: 'there is no HDR to signal', only: ['OMIT'] },
  ColorMetadata: H264.ColorMetadata,
  FlickerAq: { why: X264 },
  GopBReference: H264.GopBReference,
  GopNumBFrames: H264.GopNumBFrames,
  LookAheadRateControl: H264.LookAheadRateControl,
  ScanType: H264.ScanType,
  SceneChangeDetect: H264.SceneChangeDetect,
  SubgopLength: H264.SubgopLength,
  TimecodeInsertion: H264.TimecodeInsertion,
} as const satisfies SettingsWithoutEffect;

const AAC = {
  InputType: { why: 'the input is plain audio', only: ['NORMAL'] },
  RawFormat: { why: 'CMAF holds raw AAC', only: ['NONE'] },
  Spec: { why: 'AAC-LC is the same in both', only: ['MPEG4', 'MPEG2'] },
  VbrQuality: { why: 'it has no meaning with RateControlMode CBR' },
} as const satisfies SettingsWithoutEffect;

/**
 * Settings of a channel that the local run accepts without effect, with the reason. Sizes, names, frame rates, GOP,
 * order, bitrates and audio are honoured. Any other setting is refused by name.
 */
export const CHANNEL_SETTINGS_WITHOUT_EFFECT: SettingsWithoutEffect = {
  CdiInputSpecification: { why: 'a test pattern stands in for CDI' },
  InputSpecification: { why: 'it sizes the machine that the service gives to the channel' },
  LogLevel: { why: CONSOLE },
  Maintenance: { why: CONSOLE },
  'EncoderSettings.AvailConfiguration': { why: MARKERS },
  'EncoderSettings.ThumbnailConfiguration': { why: 'the local run has no console to show thumbnails in' },
  ...below('EncoderSettings.CaptionDescriptions[]', {
    CaptionSelectorName: { why: CAPTIONS },
    DestinationSettings: { why: CAPTIONS },
    LanguageCode: { why: CAPTIONS },
    LanguageDescription: { why: CAPTIONS },
  }),
  'EncoderSettings.TimecodeConfig': { why: 'the local run follows the clock of this machine' },
  'EncoderSettings.GlobalConfiguration.InitialAudioGain': {
    why: 'the audio is passed on at its own volume',
    only: [0, '0'],
  },
  'EncoderSettings.GlobalConfiguration.InputLossBehavior': { why: PAUSES },
  'EncoderSettings.GlobalConfiguration.OutputTimingSource': { why: 'the local run follows the clock of this machine' },
  'EncoderSettings.GlobalConfiguration.SupportLowFramerateInputs': { why: 'frames are repeated as needed' },
  'EncoderSettings.VideoDescriptions[].RespondToAfd': { why: 'the aspect ratio follows the video', only: ['NONE'] },
  'EncoderSettings.VideoDescriptions[].Sharpness': {
    why: 'frames are scaled bilinearly, which is cheap and near enough',
  },
  ...below('EncoderSettings.VideoDescriptions[].CodecSettings.H264Settings', H264),
  ...below('EncoderSettings.VideoDescriptions[].CodecSettings.H265Settings', H265),
  'EncoderSettings.AudioDescriptions[].AudioType': { why: MAKER },
  'EncoderSettings.AudioDescriptions[].AudioTypeControl': { why: MAKER },
  'EncoderSettings.AudioDescriptions[].LanguageCodeControl': { why: 'the language of the description is used' },
  ...below('EncoderSettings.AudioDescriptions[].CodecSettings.AacSettings', AAC),
  ...below(
    'EncoderSettings.OutputGroups[].Outputs[].OutputSettings.MediaPackageOutputSettings.MediaPackageV2DestinationSettings',
    {
      AudioGroupId: { why: 'all audio is AAC in the local run, and so in one group' },
      AudioRenditionSets: { why: 'all audio is AAC in the local run, and so in one group' },
      HlsAutoSelect: { why: 'the first audio is the default, and all may be selected' },
      HlsDefault: { why: 'the first audio is the default, and all may be selected' },
    },
  ),
  ...below(
    'EncoderSettings.OutputGroups[].OutputGroupSettings.MediaPackageGroupSettings.MediapackageV2GroupSettings',
    PACKAGER_GROUP,
  ),
  ...below('EncoderSettings.OutputGroups[].OutputGroupSettings.CmafIngestGroupSettings', PACKAGER_GROUP),
  ...below('EncoderSettings.OutputGroups[].OutputGroupSettings.HlsGroupSettings', HLS_GROUP),
  'EncoderSettings.OutputGroups[].Outputs[].OutputSettings.HlsOutputSettings.HlsSettings.StandardHlsSettings.AudioRenditionSets':
    { why: 'all audio is AAC in the local run, and so in one group' },
  'EncoderSettings.OutputGroups[].Outputs[].OutputSettings.HlsOutputSettings.HlsSettings.StandardHlsSettings.M3u8Settings':
    { why: 'packet ids and clocks are as ffmpeg makes them' },
  ...below(
    'EncoderSettings.OutputGroups[].Outputs[].OutputSettings.HlsOutputSettings.HlsSettings.AudioOnlyHlsSettings',
    {
      AudioGroupId: { why: 'all audio to choose from is in one group' },
      SegmentType: { why: 'ffmpeg writes no packed audio: segments are MPEG-TS with AAC alone in them', only: ['AAC'] },
    },
  ),
  'InputAttachments[].InputSettings.AudioSelectors[].SelectorSettings.AudioLanguageSelection.LanguageSelectionPolicy': {
    why: 'the local run looks for a language once, as the input begins',
  },
  'InputAttachments[].InputSettings.CaptionSelectors': { why: CAPTIONS },
  ...below('InputAttachments[].AutomaticInputFailoverSettings.FailoverConditions[].FailoverConditionSettings', {
    AudioSilenceSettings: {
      why: 'the local run takes the other input when the one on air is lost, and for nothing else',
    },
    VideoBlackSettings: {
      why: 'the local run takes the other input when the one on air is lost, and for nothing else',
    },
  }),
  'InputAttachments[].InputSettings.DeblockFilter': { why: 'the video is taken as it comes', only: ['DISABLED'] },
  'InputAttachments[].InputSettings.DenoiseFilter': { why: 'the video is taken as it comes', only: ['DISABLED'] },
  'InputAttachments[].InputSettings.FilterStrength': { why: 'it has no meaning without a filter' },
  'InputAttachments[].InputSettings.InputFilter': {
    why: 'the video is taken as it comes',
    only: ['AUTO', 'DISABLED'],
  },
  'InputAttachments[].InputSettings.NetworkInputSettings.HlsInputSettings.Bandwidth': {
    why: 'the best variant is pulled',
  },
  'InputAttachments[].InputSettings.NetworkInputSettings.HlsInputSettings.BufferSegments': {
    why: 'the local run begins as near to the live edge as ffmpeg does',
  },
  'InputAttachments[].InputSettings.NetworkInputSettings.HlsInputSettings.Retries': {
    why: 'a source that is lost is tried again for as long as the channel runs',
  },
  'InputAttachments[].InputSettings.NetworkInputSettings.HlsInputSettings.RetryInterval': {
    why: 'the pause grows from half a second to ten',
  },
  'InputAttachments[].InputSettings.NetworkInputSettings.HlsInputSettings.Scte35Source': {
    why: 'the local run passes on no markers',
  },
  'InputAttachments[].InputSettings.NetworkInputSettings.ServerValidation': {
    why: 'sources are on this machine alone, and certificates for it are its own',
  },
  'InputAttachments[].InputSettings.Smpte2038DataPreference': { why: MAKER, only: ['IGNORE'] },
};

function below(path: string, settings: SettingsWithoutEffect): SettingsWithoutEffect {
  return Object.fromEntries(Object.entries(settings).map(([key, entry]) => [`${path}.${key}`, entry]));
}
