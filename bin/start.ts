/** Runs the stack on this machine, from the synthesized app or a template: `npm start`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openLocalRun } from 'small-cloud';
import { synthesizeTo } from './live-streaming/assembly';
import { keptAssembly } from './live-streaming/kept-assembly';
import { RUN_HELP, RUN_OPTIONS, runOptions, tellHurry } from './run/run-options';
import { type Life, untilEnded } from './run/until-ended';

const HELP = `Runs the live-streaming stack on this machine, without an AWS account.

  npm start                                  the description in bin/channels.ts
  npm start -- --config FILE                 another description (TypeScript or JSON)
  npm start -- --template FILE [--parameter KEY=VALUE …]
                                             a template that \`npx cdk synth\` wrote

Options
${RUN_HELP}

Ctrl-C ends it and leaves nothing behind.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      config: { type: 'string' },
      template: { type: 'string' },
      parameter: { type: 'string', multiple: true, default: [] },
      ...RUN_OPTIONS,
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (values.config !== undefined && values.template !== undefined) {
    throw new Error(
      '--config and --template were both given; a template already is of one description; give one of them.',
    );
  }
  const options = runOptions(values, false);
  const parameters = Object.fromEntries(values.parameter.map(keyAndValue));

  await untilEnded(values.log, async ({ folder, screen, owns }) => {
    screen.timeline('the command is loaded');
    tellHurry(screen, options.hurry);
    if (values.template === undefined) screen.progress('Synthesizing the template');
    const template =
      values.template === undefined
        ? synthesized(folder, values.config, owns)
        : Promise.resolve(resolve(values.template));
    // The run awaits it, but has to be loaded first.
    template.then(() => screen.timeline('the template is there')).catch(() => {});
    // The run is loaded, and its cloud opened, while another process makes the template.
    const run = owns(await openLocalRun({ ...options, template, parameters, folder, listener: screen }));
    screen.timeline('the small cloud is loaded');
    await run.start();
    screen.show(run);
  });
}

/** Synthesizes a description. The default one is synthesized only if it has changed since the last run. */
async function synthesized(folder: string, config: string | undefined, owns: Life['owns']): Promise<string> {
  if (config !== undefined) return synthesizeTo(folder, config, owns);
  const kept = keptAssembly();
  if (kept.template !== undefined) return kept.template;
  const made = await synthesizeTo(folder, config, owns);
  kept.keep(made);
  return made;
}

function keyAndValue(text: string): [string, string] {
  const cut = text.indexOf('=');
  if (cut < 1) throw new Error(`--parameter ${text} was given; KEY=VALUE is needed.`);
  return [text.slice(0, cut), text.slice(cut + 1)];
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
