/** The local run: synthesizes the app, or takes a template, and brings its stack up on this machine. `npm start`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FASTEST } from '../local/clock';
import { LocalRun } from '../local/run';
import { Screen } from '../local/screen';
import { synthesizeTo } from './assembly';

const HELP = `Runs the live-streaming stack on this machine, without an AWS account.

  npm start                                  the description in bin/channels.ts
  npm start -- --config FILE                 another description (TypeScript or JSON)
  npm start -- --template FILE [--parameter KEY=VALUE …]
                                             a synthesized template (of \`npx cdk synth\`)

Options
  --port N          port of the edge and the player (default 8080)
  --rtmp-port N     first port that takes RTMP (default 1935)
  --preset NAME     speed of the encoder: veryfast, superfast (default) or ultrafast
  --hurry N         time passes N times faster for schedules and functions, not for the media (default 1)
  --log FILE        writes everything that happens to a file
  --no-install      only say what is missing, do not install it
  --help            this text

Ctrl-C ends it and leaves nothing behind.`;

const PRESETS = ['veryfast', 'superfast', 'ultrafast'] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      config: { type: 'string' },
      template: { type: 'string' },
      parameter: { type: 'string', multiple: true, default: [] },
      port: { type: 'string', default: '8080' },
      'rtmp-port': { type: 'string', default: '1935' },
      preset: { type: 'string' },
      hurry: { type: 'string', default: '1' },
      log: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (values.config !== undefined && values.template !== undefined) {
    throw new Error('--config and --template were both given; a template is made from a description already.');
  }
  const preset = PRESETS.find((name) => name === values.preset);
  if (values.preset !== undefined && preset === undefined) {
    throw new Error(`--preset ${values.preset} was given; veryfast, superfast or ultrafast is possible.`);
  }

  const folder = mkdtempSync(join(tmpdir(), 'live-streaming-'));
  const screen = new Screen(process.stdout, values.log);
  let run: LocalRun | undefined;
  let ending: Promise<void> | undefined;
  const end = (code: number) => {
    ending ??= (async () => {
      screen.close();
      await run?.stop();
      rmSync(folder, { recursive: true, force: true });
      process.exit(code);
    })();
    return ending;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, () => void end(0));
  // Whoever read the screen is gone (`npm start | head`): so is the run, and nothing more is written.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => void end(0));
  process.on('uncaughtException', (error) => {
    if (ending === undefined) screen.fail(error);
    void end(1);
  });
  try {
    if (values.template === undefined) screen.progress('Synthesizing the template');
    const template = values.template ?? (await synthesizeTo(folder, values.config));
    const hurry = timesFaster('--hurry', values.hurry);
    run = new LocalRun({
      template: resolve(template),
      parameters: Object.fromEntries(values.parameter.map(keyAndValue)),
      folder,
      port: portNumber('--port', values.port),
      rtmpPort: portNumber('--rtmp-port', values['rtmp-port']),
      preset,
      hurry,
      listener: screen,
    });
    if (hurry > 1) screen.progress(`For schedules and functions, time passes ${hurry} times faster`);
    screen.progress('Bringing the stack up');
    await run.start();
    screen.show(run);
  } catch (error) {
    screen.fail(error);
    await end(1);
  }
}

function keyAndValue(text: string): [string, string] {
  const cut = text.indexOf('=');
  if (cut < 1) throw new Error(`--parameter ${text} was given; KEY=VALUE is needed.`);
  return [text.slice(0, cut), text.slice(cut + 1)];
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

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
