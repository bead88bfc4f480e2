import { parseArgs } from 'node:util';
import { type AdRequest, adRequest } from './ad-arguments';
import { type ChatRequest, chatRequest } from './chat-arguments';
import { address, hours, LOCAL_ENDPOINT, seconds, since, wrong } from './option-values';
import { OPTIONS } from './options';
import { type PollRequest, pollRequest } from './poll-arguments';
import { type QuestionRequest, questionRequest, type ReportRequest, reportRequest } from './question-arguments';
import { type RecordingRequest, recordingRequest, withTimesAgo } from './recording-arguments';
import { type ViewerRequest, viewerRequest } from './viewer-arguments';

export { LOCAL_ENDPOINT } from './option-values';

const COMMANDS = [
  'status',
  'urls',
  'start',
  'stop',
  'restart',
  'alerts',
  'history',
  'watch',
  'sessions',
  'revoke',
  'link',
  'viewer',
  'audience',
  'query',
  'clip',
  'recordings',
  'chat',
  'ad-break',
  'ads',
  'poll',
] as const;

/** A command of the operator. */
export type Command = (typeof COMMANDS)[number];

/** A request of an operator. */
export interface LiveRequest {
  readonly command: Command;
  /** Name of one channel; undefined means all. For `revoke`, a session or a viewer. */
  readonly channel: string | undefined;
  readonly stack: string;
  readonly region: string | undefined;
  /** Address of a local run; undefined means AWS. */
  readonly endpoint: string | undefined;
  readonly json: boolean;
  readonly check: boolean;
  readonly all: boolean;
  readonly wait: boolean;
  readonly timeoutSeconds: number;
  readonly everySeconds: number;
  /** How far back the history goes, in milliseconds. */
  readonly sinceMilliseconds: number;
  /** Life of a link, in hours. */
  readonly hours: number;
  /** True for a link that opens one session only. */
  readonly once: boolean;
  /** Request about viewers; undefined for every other command than `viewer`. */
  readonly viewer: ViewerRequest | undefined;
  /** Question about the audience; undefined for every other command than `query`. */
  readonly question: QuestionRequest | undefined;
  /** Page about the audience; undefined for its live numbers, and for every other command than `audience`. */
  readonly report: ReportRequest | undefined;
  /** True to look repeatedly. */
  readonly watch: boolean;
  /** Request about recordings; undefined for every other command than `clip` and `recordings`. */
  readonly recording: RecordingRequest | undefined;
  /** Request about a chat; undefined for every other command than `chat`. */
  readonly chat?: ChatRequest | undefined;
  /** Request about ads; undefined for every other command than `ad-break` and `ads`. */
  readonly ad: AdRequest | undefined;
  /** Request about polls; undefined for every other command than `poll`. */
  readonly poll?: PollRequest | undefined;
}

/** Options of some commands only. A command refuses an option that it would ignore. */
const OF: Readonly<Record<string, readonly Command[]>> = {
  check: ['status'],
  all: ['alerts', 'revoke'],
  timeout: ['start', 'stop', 'restart'],
  'no-wait': ['start', 'stop', 'poll'],
  every: ['watch', 'audience'],
  watch: ['audience'],
  html: ['audience'],
  days: ['query', 'audience'],
  csv: ['query'],
  channel: ['query', 'audience'],
  session: ['query'],
  since: ['history'],
  hours: ['link'],
  once: ['link'],
  group: ['viewer'],
  password: ['viewer'],
  add: ['viewer'],
  remove: ['viewer'],
  from: ['clip', 'ads'],
  to: ['clip', 'ads'],
  seconds: ['ad-break', 'poll'],
  in: ['ad-break', 'poll'],
  question: ['poll'],
  option: ['poll'],
  name: ['ads'],
  weight: ['ads'],
  only: ['ads'],
  title: ['clip'],
  mp4: ['clip'],
  minutes: ['chat'],
};

/**
 * Reads the words after `npm run live --`.
 *
 * @returns the request, or `help`.
 * @throws LiveFailure with exit code 1 for words that it does not understand.
 */
export function parseRequest(words: readonly string[]): LiveRequest | 'help' {
  const { values, positionals } = parse(words);
  if (values.help) return 'help';
  const [word, first, ...rest] = positionals;
  const command = COMMANDS.find((name) => name === word);
  if (command === undefined) {
    throw wrong(
      `${word === undefined ? 'No command' : `Command "${word}"`} was given; one of ${COMMANDS.join(', ')} is needed.`,
    );
  }
  const isViewer = command === 'viewer';
  const isRecording = command === 'clip' || command === 'recordings';
  const isAd = command === 'ad-break' || command === 'ads';
  const hasWords = isViewer || isRecording || isAd || command === 'query' || command === 'chat' || command === 'poll';
  if (rest.length > 0 && !hasWords) {
    throw wrong(`${rest.length + 1} channels were given; ${command} takes the name of one, or none for all.`);
  }
  for (const [option, commands] of Object.entries(OF)) {
    if (option in values && !commands.includes(command)) {
      throw wrong(
        `--${option} was given to ${command}; it belongs to ${commands.join(', ')}.${WHY[`${command} ${option}`] ?? ''}`,
      );
    }
  }
  const endpoint = values.endpoint === undefined ? undefined : address(values.endpoint);
  if (values.region !== undefined && (values.local || endpoint !== undefined)) {
    throw wrong('--region was given for a local run, which is always in us-east-1; leave it out.');
  }
  return {
    command,
    channel: hasWords ? undefined : first,
    stack: values.stack ?? 'live-streaming',
    region: values.region,
    endpoint: endpoint ?? (values.local ? LOCAL_ENDPOINT : undefined),
    json: values.json ?? false,
    check: values.check ?? false,
    all: values.all ?? false,
    wait: !values['no-wait'],
    timeoutSeconds: seconds('--timeout', values.timeout, 900),
    everySeconds: seconds('--every', values.every, 5),
    sinceMilliseconds: since(values.since),
    hours: hours(values.hours),
    once: values.once ?? false,
    viewer: isViewer ? viewerRequest(positionals.slice(1), values) : undefined,
    question: command === 'query' ? questionRequest(positionals.slice(1), values) : undefined,
    report: command === 'audience' ? reportRequest(first, values) : undefined,
    watch: values.watch ?? false,
    chat: command === 'chat' ? chatRequest(positionals.slice(1), values) : undefined,
    recording: isRecording ? recordingRequest(command, positionals.slice(1), values) : undefined,
    poll: command === 'poll' ? pollRequest(positionals.slice(1), values) : undefined,
    ad: isAd ? adRequest(command, positionals.slice(1), values) : undefined,
  };
}

const WHY: Readonly<Record<string, string>> = {
  'restart no-wait': ' A restart must wait for IDLE between stop and start.',
};

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...withTimesAgo(words)],
      allowPositionals: true,
      options: OPTIONS,
    });
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\. |\n/);
    throw wrong(`${sentence.replace(/\.$/, '')}.`);
  }
}
