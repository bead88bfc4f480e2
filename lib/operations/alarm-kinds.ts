/** Meaning of one kind of alarm, and the advice to an operator. */
export interface AlarmKind {
  /** Title in notices, alarm descriptions and the runbook. */
  readonly title: string;
  /** Meaning for viewers. */
  readonly viewers: string;
  readonly confirm: string;
  /** First thing to do. */
  readonly first: string;
  /** When to call whom. */
  readonly call: string;
}

const SUPPORT = 'Open a case with AWS Support when the service health page shows nothing and ten minutes have passed.';

/** Every kind of alarm of the stack, by its anchor in the runbook. */
export const ALARM_KINDS = {
  'viewers-cannot-play': {
    title: 'On air, not reaching viewers',
    viewers: 'Viewers get an error or a spinner: the manifest or the newest segment cannot be fetched at the edge.',
    confirm: 'Open the player. The probe’s log names the address and the answer.',
    first: 'If MediaLive has alerts, begin with those; else look at the packager’s 5xx, then at recent deployments.',
    call: SUPPORT,
  },
  'stream-stands-still': {
    title: 'The stream stands still',
    viewers: 'Viewers saw the picture freeze, or will within seconds: no new media arrives at the edge.',
    confirm: 'StaleSeconds rises in steps of a minute. The player says that the stream has stopped.',
    first:
      'Look for MediaLive alerts, then output errors, then ingress of the packager: the first that is wrong is the cause.',
    call: SUPPORT,
  },
  'delay-grows': {
    title: 'The delay is above its limit',
    viewers: 'Viewers see the programme later than promised.',
    confirm: 'LiveDelaySeconds is above the limit while the stream advances.',
    first: 'Look for an upload backlog of the encoder and for a clock that is wrong at the source.',
    call: SUPPORT,
  },
  'medialive-alert': {
    title: 'MediaLive complains',
    viewers: 'It depends on the alert; the list of alerts below says it for each.',
    confirm: 'The channel’s page in the MediaLive console lists the alerts that are set.',
    first: 'Do what the runbook says for the alert that is set.',
    call: 'As the entry of the alert says.',
  },
  'filler-instead-of-video': {
    title: 'Filler instead of video',
    viewers: 'Viewers see the last frame, black or the slate for more than five seconds a minute.',
    confirm: 'FillMsec is above 5,000; InputVideoFrameRate is below the rate of the source.',
    first: 'Look at the publisher and its uplink; lower its bitrate when the uplink is the limit.',
    call: 'Call the people at the source.',
  },
  'output-refused': {
    title: 'The encoder’s output is refused',
    viewers: 'Viewers get no new segments, or miss some.',
    confirm: 'Output4xxErrors (role or endpoint) or Output5xxErrors (the packager or bucket itself) are above 0.',
    first:
      'After a deployment: compare the role of the channel. Without one: wait two minutes, then restart the channel.',
    call: SUPPORT,
  },
  'output-missing': {
    title: 'An output of the encoder is missing',
    viewers: 'Viewers miss a rendition, or everything of one pipeline.',
    confirm: 'ActiveOutputs is below the number of outputs of the group.',
    first: 'Look for MediaLive alerts of this pipeline; restart the channel when there are none.',
    call: SUPPORT,
  },
  'packager-fails': {
    title: 'The packager answers with errors',
    viewers: 'Some viewers stall; the edge hides it from others for as long as it has the object.',
    confirm: 'EgressRequestCount with 5xx is above 5 in a minute. 404 before the first segment is not meant.',
    first:
      'See whether manifests or segments fail, and whether ingress is well; stop and start the channel when ingress is 0.',
    call: SUPPORT,
  },
  'on-the-spare-input': {
    title: 'On the spare input',
    viewers: 'Viewers see the second input. Nothing is wrong for them, and nothing protects them now.',
    confirm: 'PrimaryInputActive is 0.',
    first: 'Repair the first input, then switch back with the command in the Outputs.',
    call: 'Call the people at the first source.',
  },
  'pipelines-apart': {
    title: 'The two pipelines are not in step',
    viewers: 'Viewers would see a jump if one pipeline were lost; now they see nothing.',
    confirm: 'PipelinesLocked is 0 for five minutes while both pipelines run.',
    first: 'Feed both inputs from one encoder. Different sources cannot be locked.',
    call: 'Call the people at the source.',
  },
  'quality-poor': {
    title: 'The quality score is low',
    viewers: 'Viewers see black, frozen or missing video on one pipeline until the packager switches to the other.',
    confirm: 'MinMQCS is below 80.',
    first: 'Look at the input of the pipeline that the alarm names.',
    call: 'Call the people at the source.',
  },
  'viewers-stall': {
    title: 'Viewers see the picture stand still',
    viewers: 'Players report that more than two hundredths of the time go by without motion.',
    confirm:
      'StallMs ÷ (StallMs + PlayedMs) is above 2 % with ten viewers or more; the saved query rebuffering says when.',
    first:
      'When the alarms of the stream are quiet, ask by-pop, by-country and by-engine: one that stands out is the cause.',
    call: SUPPORT,
  },
  'starts-are-slow': {
    title: 'Viewers wait long for the first frame',
    viewers: 'One viewer in twenty waits more than ten seconds before anything plays.',
    confirm: 'StartupMs, 95th percentile, is above 10,000; the saved query start-time says how many started.',
    first: 'Look at the time for manifest and segment at the edge, then ask by-pop and by-country.',
    call: SUPPORT,
  },
  'players-fail': {
    title: 'Players report errors',
    viewers: 'Viewers see an error, or see the player start over.',
    confirm: 'There is more than one error for twenty heartbeats, with ten viewers or more; ask top-errors which.',
    first: 'An error http-404 or http-403 is the origin’s; media- and engine- errors of one engine are the stream’s.',
    call: SUPPORT,
  },
  silence: {
    title: 'There is no audio',
    viewers: 'Viewers hear nothing.',
    confirm: 'OutputAudioLevelDbfs is below -60 for the time that operations.alarms.silenceMinutes gives.',
    first: 'Ask whether the programme is silent on purpose; then look at the audio of the source.',
    call: 'Call the people at the source.',
  },
  'edge-fails': {
    title: 'The edge answers with errors',
    viewers: 'More than one in a hundred requests of viewers fails.',
    confirm: '5xxErrorRate of the distribution is above 1.',
    first: 'Look at the packager first: the edge passes its errors on.',
    call: SUPPORT,
  },
  'function-fails': {
    title: 'A function of the stack fails',
    viewers: 'Viewers notice nothing yet. A channel may not be started, stopped or guarded as it should.',
    confirm: 'The log group of the function says why; a failed deployment says it too.',
    first:
      'Read the newest error in the log groups of the stack’s functions, then run the deployment or wait for the next patrol.',
    call: 'Report it to the maintainers of the stack with the log.',
  },
  'watcher-is-blind': {
    title: 'The probe itself fails',
    viewers: 'Nothing is known: the stream may be well.',
    confirm: 'The probe’s log says why.',
    first: 'Open the player and look yourself; then read the probe’s log.',
    call: 'Report it to the maintainers of the stack with the log.',
  },
} as const satisfies Readonly<Record<string, AlarmKind>>;

/** Anchor of an alarm kind in the runbook. */
export type AlarmSlug = keyof typeof ALARM_KINDS;

/** Where the runbook is when the description names no other place. */
export const RUNBOOK = 'docs/runbook.md';

/**
 * Writes the description of an alarm. The notices function reads it line by line, so that a notice says what the alarm
 * says. CloudWatch takes 1,024 characters.
 *
 * @param about - `Channel main`, `Channel main, pipeline 0`, or `The stack`.
 */
export function alarmDescription(slug: AlarmSlug, about: string, runbook: string = RUNBOOK): string {
  const { title, viewers, first } = ALARM_KINDS[slug];
  return [`${about}: ${title}`, `Effect: ${viewers}`, `First: ${first}`, `Runbook: ${runbook}#${slug}`].join('\n');
}
