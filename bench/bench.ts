/** Measures this project on this machine and prints tables: `npm run bench`. No figure fails the run. */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { audience } from './audience';
import { edge } from './edge';
import { encoder } from './encoder';
import { gate } from './gate';
import { latency } from './latency';
import { renewals } from './renewals';
import { rewind } from './rewind';
import { sizes } from './sizes';
import { slow } from './slow';
import { soak } from './soak';
import { startUp } from './start-up';
import { synthTime } from './synth';
import { print, type Section } from './table';

const HELP = `npm run bench [-- --only NAME …] [--seconds N] [--soak MINUTES] [--minutes N]

  --only NAME      one of the figures below; may be repeated (default: all but rewind)
  --seconds N      time that latency is read, for each preset and each share of the slow machine (default 60)
  --soak MINUTES   plays for that long without a break, and prints latency and memory of every minute
  --minutes N      length of the show of rewind (default 60)
  --help           prints this

Figures
  synth            cdk synth, against an empty app
  sizes            bytes of the template, the functions and the player
  start-up         npm start to the first frame
  latency          glass to glass, for the presets low and standard
  slow             glass to glass on a machine that is too slow
  encoder          CPU of the encoder, against plain ffmpeg
  edge             requests per second of the edge, against nginx
  gate             time and size of the function that checks viewers
  renewals         dropped frames of a private channel, beside a public one
  audience         reports of 100,000 viewers through the collector, Parquet and queries; a player with reports beside one without
  rewind           memory and disk of an hour with rewind and a recording`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      seconds: { type: 'string', default: '60' },
      soak: { type: 'string' },
      minutes: { type: 'string', default: '60' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const benches: Readonly<Record<string, () => Section | Promise<Section>>> = {
    synth: synthTime,
    sizes,
    'start-up': startUp,
    latency: () => latency(Number(values.seconds)),
    slow: () => slow(Number(values.seconds)),
    encoder,
    edge,
    gate,
    renewals,
    audience,
    rewind: () => rewind(Number(values.minutes)),
  };
  const unknown = values.only?.filter((name) => !(name in benches)) ?? [];
  if (unknown.length > 0) {
    throw new Error(`--only: ${unknown.join(', ')} was given; one of ${Object.keys(benches).join(', ')} is needed`);
  }
  for (const option of ['seconds', 'soak', 'minutes'] as const) {
    const given = values[option];
    if (given !== undefined && !(Number(given) > 0)) {
      throw new Error(`--${option}: ${given} was given; a number greater than 0 is needed`);
    }
  }
  const wanted =
    values.only ?? (values.soak === undefined ? Object.keys(benches).filter((name) => name !== 'rewind') : []);
  console.log(`${cpus().length} cores, ${cpus()[0]?.model.trim()}, Node ${process.version}`);
  for (const name of wanted) {
    console.error(`… ${name}`);
    const section = await benches[name]?.();
    if (section !== undefined) print(section);
  }
  if (values.soak !== undefined) print(await soak(Number(values.soak)));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
