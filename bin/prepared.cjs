/**
 * Makes sure that what a command needs is on this machine, and runs it:
 *
 *   node bin/prepared.cjs [ffmpeg] [chromium] -- COMMAND [ARGUMENT…] [--no-install]
 *
 * Plain JavaScript without packages, because it is what installs them. Everything that it installs is announced in one
 * line; with `--no-install` it only says what to run.
 */
const { spawn, spawnSync } = require('node:child_process');
const { existsSync, statSync } = require('node:fs');
const { delimiter, dirname, join, resolve } = require('node:path');

const ROOT = resolve(__dirname, '..');
/**
 * Package managers: the file that each leaves beside the packages once it has installed them, its lock file, and how to
 * install. npm is the first, and the one that installs where none has yet.
 */
const MANAGERS = [
  // NODE_ENV=production would leave out what the tests need.
  { mark: '.package-lock.json', lock: 'package-lock.json', install: ['npm', 'ci', '--include=dev'] },
  { mark: '.modules.yaml', lock: 'pnpm-lock.yaml', install: ['pnpm', 'install', '--frozen-lockfile', '--prod=false'] },
  { mark: '.yarn-state.yml', lock: 'yarn.lock', install: ['yarn', 'install', '--immutable'] },
  {
    mark: '.yarn-integrity',
    lock: 'yarn.lock',
    install: ['yarn', 'install', '--frozen-lockfile', '--production=false'],
  },
];
const TOOLS = {
  ffmpeg: { variable: 'FFMPEG_PATH', commands: ['ffmpeg'], apt: ['ffmpeg'], brew: ['ffmpeg'] },
  chromium: {
    variable: 'CHROMIUM_PATH',
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    apt: ['chromium', 'fonts-dejavu-core'],
    brew: ['--cask', 'chromium'],
  },
};

function main() {
  const split = process.argv.indexOf('--');
  const tools = process.argv.slice(2, split);
  const given = process.argv.slice(split + 1);
  const mayInstall = !given.includes('--no-install');
  const command = given.filter((argument) => argument !== '--no-install');

  const missing = [
    ...packageInstallation(),
    ...tools.filter((name) => !isThere(TOOLS[name])).flatMap((name) => installCommands(name, TOOLS[name])),
  ];
  if (missing.length > 0 && !mayInstall) {
    console.error(`Not installed yet. Run:\n${missing.map((line) => `  ${line.join(' ')}`).join('\n')}`);
    process.exit(1);
  }
  for (const line of missing) install(line);
  run(command);
}

/** Commands that bring the packages to what the lock file asks for; none when their dates tell that they are there. */
function packageInstallation() {
  // In a workspace the packages lie in a folder above.
  for (let folder = ROOT; ; folder = dirname(folder)) {
    for (const { mark, lock, install } of MANAGERS) {
      const installed = dateOf(join(folder, 'node_modules', mark));
      if (installed === undefined) continue;
      return installed >= (dateOf(join(folder, lock)) ?? 0) ? [] : [install];
    }
    if (folder === dirname(folder)) return [MANAGERS[0].install];
  }
}

/** Milliseconds; undefined for a file that does not exist. */
function dateOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

function isThere({ variable, commands }) {
  const named = process.env[variable];
  if (named) return existsSync(named);
  return commands.some((name) => onPath(name));
}

function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder && existsSync(join(folder, name)));
}

function installCommands(name, { variable, apt, brew }) {
  if (onPath('apt-get')) {
    const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
    if (sudo.length > 0 && !onPath('sudo'))
      fail(`${name} is missing. As root, run: apt-get install -y ${apt.join(' ')}`);
    return [
      [...sudo, 'apt-get', 'update', '-qq'],
      [...sudo, 'apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...apt],
    ];
  }
  if (onPath('brew')) return [['brew', 'install', '--quiet', ...brew]];
  return fail(
    `${name} is missing, and there is neither apt-get nor brew to get it with. Install it, or name it in ${variable}.`,
  );
}

function install(line) {
  console.error(`Installing: ${line.join(' ')}`);
  const [command, ...args] = line;
  const result = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status === 0) return;
  // A package list that cannot be renewed is no harm while the packages can still be had.
  if (line.includes('update')) return;
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`.trim().split('\n');
  const named = Object.values(TOOLS)
    .map(({ variable }) => variable)
    .join(' or ');
  fail(
    `That failed:\n${output.slice(-15).join('\n')}\nInstall it another way, and name a tool that is not on the PATH in ${named}.`,
  );
}

/** Runs the command in place of this process, as far as Node can: its signals, its exit code, and its end are one. */
function run([command, ...args]) {
  const isScript = command.endsWith('.ts');
  const child = spawn(isScript ? process.execPath : command, isScript ? ['--import', 'tsx', command, ...args] : args, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // Ctrl-C reaches the child by itself, through the terminal; what is sent to this process alone is passed on.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  child.on('error', (error) => fail(`${command}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

main();
