import { FASTEST, type Screen, type SmallCloudOptions } from 'small-cloud';

/** The options that `npm start` and `npm run local` have in common, for `parseArgs`. */
export const RUN_OPTIONS = {
  port: { type: 'string', default: '8080' },
  'rtmp-port': { type: 'string', default: '1935' },
  'api-port': { type: 'string' },
  preset: { type: 'string' },
  hurry: { type: 'string', default: '1' },
  log: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** The lines of `--help` about them. */
export const RUN_HELP = `  --port N          port of the edge and the player (default 8080)
  --rtmp-port N     first port that takes RTMP (default 1935)
  --api-port N      port of the AWS API (default 4566)
  --preset NAME     speed of the encoder: veryfast, superfast (default) or ultrafast
  --hurry N         time passes N times faster for schedules and functions, not for the media (default 1)
  --log FILE        writes a log of everything that happens
  --no-install      only print what is missing, do not install it
  --help            this text`;

const PRESETS = ['veryfast', 'superfast', 'ultrafast'] as const;
const API_PORT = 4566;

/**
 * Reads the common options.
 *
 * @param insist - true if the default port of the API must be free. A port that was given must be free in any case.
 * @throws Error that says what was given and what is accepted.
 */
export function runOptions(
  values: {
    readonly port: string;
    readonly 'rtmp-port': string;
    readonly 'api-port'?: string | undefined;
    readonly preset?: string | undefined;
    readonly hurry: string;
  },
  insist: boolean,
): Pick<SmallCloudOptions, 'port' | 'rtmpPort' | 'api' | 'preset'> & { readonly hurry: number } {
  const preset = PRESETS.find((name) => name === values.preset);
  if (values.preset !== undefined && preset === undefined) {
    throw new Error(`--preset ${values.preset} was given; veryfast, superfast or ultrafast is needed.`);
  }
  const asked = values['api-port'];
  return {
    port: portNumber('--port', values.port),
    rtmpPort: portNumber('--rtmp-port', values['rtmp-port']),
    api: asked === undefined ? { port: API_PORT, insist } : { port: portNumber('--api-port', asked), insist: true },
    preset,
    hurry: timesFaster('--hurry', values.hurry),
  };
}

/** Says on the screen if time is hurried. */
export function tellHurry(screen: Screen, hurry: number): void {
  if (hurry > 1) screen.progress(`For schedules and functions, time passes ${hurry} times faster`);
}

function timesFaster(option: string, text: string): number {
  const times = Number(text);
  if (!(times >= 1 && times <= FASTEST)) {
    throw new Error(`${option} ${text} was given; a number from 1 to ${FASTEST} is needed.`);
  }
  return times;
}

function portNumber(option: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`${option} ${text} was given; a port number from 1 to 65535 is needed.`);
  }
  return port;
}
