/** An alert of MediaLive, and the advice to an operator. */
export interface AlertAdvice {
  /** Anchor in the runbook. */
  readonly slug: string;
  /** The wordings of the alert types that mean this, as MediaLive sends them; upper and lower case do not count. */
  readonly types: readonly string[];
  /** Meaning for viewers. */
  readonly viewers: string;
  readonly confirm: string;
  readonly first: string;
  /** When to call whom. */
  readonly call: string;
  /** True when no video comes in: the money guard counts how long. @default false */
  readonly inputLost?: true;
}

const CAMERA = 'Call the people at the source when the source itself is black, silent or off.';
const SUPPORT = 'Open a case with AWS Support when the service health page shows nothing and ten minutes have passed.';
const NETWORK = 'Call the network team of the venue when the encoder sends and nothing arrives.';

/**
 * The alerts of MediaLive that the stack knows, in groups that want the same action. The runbook, the notices and the
 * money guard use this table and no other.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/monitor-activity-types-alerts-channels.html
 */
export const ALERTS: readonly AlertAdvice[] = [
  {
    slug: 'no-video-in-the-input',
    types: ['Video Not Detected'],
    viewers: 'Viewers see the last frame, black or the slate instead of the programme.',
    confirm: 'InputVideoFrameRate is 0 and FillMsec rises; the source’s own monitor shows no video.',
    first: 'Look at the source and its cable, and restart the source’s encoder.',
    call: CAMERA,
    inputLost: true,
  },
  {
    slug: 'no-audio-in-the-input',
    types: ['Audio Not Detected'],
    viewers: 'Viewers see the programme without audio.',
    confirm: 'OutputAudioLevelDbfs is at its floor for the audio of this channel.',
    first: 'Look at the audio embedder and the track selection of the source.',
    call: CAMERA,
  },
  {
    slug: 'black-video',
    types: ['Black Video Detected'],
    viewers: 'Viewers see black.',
    confirm: 'Compare the source with a second pipeline or with a monitor before the encoder.',
    first: 'Look at the source; switch to another input where the channel has one.',
    call: CAMERA,
  },
  {
    slug: 'publisher-is-gone',
    types: [
      'RTMP Stream Not Found',
      'RTMP Has No Audio/Video',
      'RTMP Server Disconnected',
      'RTMP Input Connect Failed',
    ],
    viewers:
      'Viewers see the last frame, black or the slate: the publisher sends nothing, or under another stream key.',
    confirm: 'NetworkIn is near 0. The encoder at the source says disconnected, or refused.',
    first:
      'Start the publisher; compare its server and stream key with the Outputs, and its address with allowedCidrs.',
    call: NETWORK,
    inputLost: true,
  },
  {
    slug: 'transport-stream-lost',
    types: ['Stopped Receiving UDP Input'],
    viewers: 'Viewers see the last frame, black or the slate.',
    confirm: 'NetworkIn is 0 for this pipeline; the flow or the calling encoder says that it sends.',
    first: 'Look at the network path and, for MediaConnect, at the state of the flow.',
    call: NETWORK,
    inputLost: true,
  },
  {
    slug: 'transport-stream-damaged',
    types: ['RTP Header Corruption', 'Data PID Missing', 'Input PTS Behind PCR'],
    viewers: 'Viewers see blocks, jumps or missing audio.',
    confirm: 'RtpPacketsLost or the continuity counter errors rise.',
    first: 'Look for packet loss on the way; use FEC, SRT with more latency, or MediaConnect.',
    call: NETWORK,
  },
  {
    slug: 'source-unreachable',
    types: ['HTTP Get Failed', 'HLS Segments Could Not Be Decrypted'],
    viewers: 'Viewers see the last frame, black or the slate: MediaLive cannot fetch the source.',
    confirm: 'Open the source’s URL from outside its network, with the same user name and password.',
    first: 'Make the URL reachable again: address, credentials, expired link, decryption keys.',
    call: 'Call the owner of the source when the URL does not open for you either.',
    inputLost: true,
  },
  {
    slug: 'resource-inaccessible',
    types: ['Input Resource is Inaccessible', 'Input Image Missing'],
    viewers: 'Viewers miss what the resource is for: a pulled source shows nothing, a slate stays black.',
    confirm: 'The alert’s message names the resource; open its address with the same credentials.',
    first: 'Put the file or the URL back in place, and look at its permissions.',
    call: 'Call the owner of the resource when it does not open for you either.',
  },
  {
    slug: 'source-does-not-fit',
    types: [
      'Initial Probe is Taking Longer Than Expected',
      'Input Removed the Active Program',
      'Audio PID Missing',
      'Audio Requires Dolby E Decode',
    ],
    viewers: 'Viewers may miss video or audio that the source does send.',
    confirm: 'Run ffprobe on the source and compare programmes, PIDs and tracks with the description.',
    first: 'Set the track or the programme by what the source has now, and deploy.',
    call: CAMERA,
  },
  {
    slug: 'two-publishers',
    types: ['Input Double-Publishing Detected'],
    viewers: 'Viewers see two programmes in turns, or stutter.',
    confirm: 'The alert’s message names more than one address for one input.',
    first: 'Stop one of the two publishers.',
    call: 'Change the stream key when you do not know the second publisher.',
  },
  {
    slug: 'failed-over',
    types: ['Input Failed Over'],
    viewers: 'Viewers see the second input. Nothing is wrong for them.',
    confirm: 'PrimaryInputActive is 0.',
    first: 'Repair the first input, then switch back with the command in the Outputs.',
    call: CAMERA,
  },
  {
    slug: 'ad-markers-unusable',
    types: [
      'SCTE-35 Input Data Could Not Be Processed',
      'ESAM HTTP Post Failed',
      'Unable to place splice point at IDR boundary',
    ],
    viewers: 'Viewers see no ad break, or one that begins late.',
    confirm: 'Look for DATERANGE tags in the media playlist at the time of the break.',
    first: 'Compare the times of the markers with the clock of the source.',
    call: 'Call the playout team that inserts the markers.',
  },
  {
    slug: 'output-refused',
    types: [
      'Failed HTTP Post Output Request',
      'Failed to Create Output File or Socket',
      'Failed to Write to Output',
      'Failed to Close or Finalize The Output',
      'Failed to Delete Output File',
      'Failed to Open UDP Socket For Write',
      'Failed to Write to UDP Socket',
      'Failed to Get HTTP Output Token',
      'Failed to Validate Certificate Chain When Publishing',
      'Unable to retrieve secret from AWS Secrets Manager',
    ],
    viewers: 'Viewers get no new segments.',
    confirm: 'Output4xxErrors or Output5xxErrors rise; ingress of the packager falls.',
    first:
      'With 4xx look at the role of the channel and the endpoint; with 5xx at the health of the packager or bucket.',
    call: SUPPORT,
  },
  {
    slug: 'push-target-refused',
    types: ['Failed RTMP Connection'],
    viewers: 'Viewers of the platform that MediaLive pushes to see nothing. The stack’s own viewers notice nothing.',
    confirm: 'The platform’s own dashboard shows no input.',
    first: 'Compare URL, key and certificate with what the platform asks for.',
    call: 'Call the platform’s support.',
  },
  {
    slug: 'pipeline-paused',
    types: ['Pipeline is Paused'],
    viewers: 'Viewers of this pipeline get no new segments; the other pipeline goes on.',
    confirm: 'The channel’s schedule has a pause action.',
    first: 'Un-pause with a schedule action, if the pause was not intended.',
    call: 'Ask who operates the schedule.',
  },
  {
    slug: 'output-group-paused',
    types: ['Output Group is Paused'],
    viewers: 'Viewers get no new segments: the input is lost and the output waits for it.',
    confirm: 'An alert of a lost input is set as well.',
    first: 'Bring the input back; the output goes on automatically.',
    call: CAMERA,
  },
  {
    slug: 'uploads-too-slow',
    types: ['Large Upload Cache Backlog'],
    viewers: 'Viewers fall behind, then stall.',
    confirm: 'NetworkOut is below the sum of the renditions.',
    first: 'Look at the health of the packager or bucket; remove a rendition when it lasts.',
    call: SUPPORT,
  },
  {
    slug: 'pipelines-apart',
    types: [
      'Timecode Synchronization Threshold Exceeded',
      'Embedded Timecodes Too Far Apart for Pipeline Locking',
      'Output Configuration Mismatch Detected',
      'Unable to Establish Video Alignment on Input Content',
    ],
    viewers: 'Viewers see a jump when one pipeline is lost; until then nothing.',
    confirm: 'PipelinesLocked is 0 while both pipelines run.',
    first: 'Feed both pipelines from one encoder, or embed timecode at the source.',
    call: CAMERA,
  },
  {
    slug: 'no-thumbnails',
    types: ['Failed To Upload Thumbnail'],
    viewers: 'Viewers notice nothing: the console lacks its pictures.',
    confirm: 'The MediaLive console shows no thumbnail.',
    first: 'Nothing is urgent; look at the role of the channel after the show.',
    call: 'Nobody during the show.',
  },
  {
    slug: 'quality-low',
    types: ['The MQCS score is low for this pipeline'],
    viewers: 'Viewers see black, a frozen or a missing picture on one pipeline until the packager switches.',
    confirm: 'MinMQCS is below 80.',
    first: 'Look at the input of that pipeline.',
    call: CAMERA,
  },
  {
    slug: 'settings-do-not-fit',
    types: [
      'The Configured TS Muxer Bitrate is Too Low',
      'Unable to perform requested color space conversion',
      'Nielsen Audio Watermarks could not be initialized',
      'Watermark License Failure',
      'Watermark Library Initialization Failure',
    ],
    viewers: 'Viewers may see damaged segments or wrong colours.',
    confirm: 'Play the highest rendition and compare it with the source.',
    first: 'Change the bitrate or the colour space in the description, and deploy after the show.',
    call: SUPPORT,
  },
];

const BY_TYPE = new Map(ALERTS.flatMap((advice) => advice.types.map((type) => [type.toLowerCase(), advice] as const)));

/** Finds the advice for an alert; undefined for a type that the table does not have. */
export function adviceFor(alertType: string): AlertAdvice | undefined {
  return BY_TYPE.get(alertType.trim().toLowerCase());
}
