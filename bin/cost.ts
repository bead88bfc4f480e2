/** Prints the cost of the described channels, idle, running and watched: `npm run cost`. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { GUIDE_PRICES, LIST_PRICES } from '../lib/cost/prices';
import { type AudienceWish, costReport } from './cost/report';
import { costText } from './cost/text';
import { readDescription } from './live-streaming/description';

const HELP = `Prints what the channels of a description cost in US dollars: idle, running, forgotten,
and for each viewer-hour.

  npm run cost                                       the description in bin/channels.ts
  npm run cost -- --config FILE                      another description (TypeScript or JSON)
  npm run cost -- --viewers 1000 --hours 2           also the total for an audience on each channel, in one month

Options
  --viewers N       viewers of each channel at any time
  --hours H         hours that each channel runs and is watched, 744 at most
  --hit-ratio P     per cent of the traffic that the edge serves from its cache (default 99)
  --prices BOOK     list (default): the newest prices that we found; guide: the prices of AWS's guide and its examples
  --json            the same as JSON
  --help            this text

Prices are those of us-east-1 in lib/cost/prices.ts, each with its source and day; docs/cost.md explains them.`;

function main(): void {
  const { values } = parseArgs({
    options: {
      config: { type: 'string', default: join(__dirname, 'channels.ts') },
      viewers: { type: 'string' },
      hours: { type: 'string' },
      'hit-ratio': { type: 'string', default: '99' },
      prices: { type: 'string', default: 'list' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const books = { list: LIST_PRICES, guide: GUIDE_PRICES };
  const book = values.prices === 'list' || values.prices === 'guide' ? books[values.prices] : undefined;
  if (book === undefined) throw new Error(`--prices ${values.prices} was given; list or guide is needed.`);
  const hitRatio = amount('--hit-ratio', values['hit-ratio'], 100) / 100;
  const report = costReport(readDescription(values.config), book, hitRatio, audience(values.viewers, values.hours));
  console.log(values.json ? JSON.stringify(report, null, 2) : costText(report));
}

function audience(viewers: string | undefined, hours: string | undefined): AudienceWish | undefined {
  if (viewers === undefined && hours === undefined) return undefined;
  if (viewers === undefined || hours === undefined) {
    const [given, missing] = viewers === undefined ? ['--hours', '--viewers'] : ['--viewers', '--hours'];
    throw new Error(`${given} was given without ${missing}; a total needs both.`);
  }
  return {
    viewers: amount('--viewers', viewers, 1e9),
    hours: amount('--hours', hours, 744),
  };
}

function amount(option: string, text: string, most: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= 0 && value <= most)) {
    throw new Error(`${option} ${text} was given; a number from 0 to ${most} is needed.`);
  }
  return value;
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (/^ERR_PARSE_ARGS/.test(String((error as { code?: unknown }).code))) {
    console.error('npm run cost -- --help names the options.');
  }
  process.exitCode = 1;
}
