/**
 * Installs what a command needs on this machine, and runs it:
 *
 *   node bin/prepared.cjs [ffmpeg] [chromium] -- COMMAND [ARGUMENT…] [--no-install]
 *
 * It is plain JavaScript without packages, because it installs them. It announces each installation in one line. With
 * `--no-install` it only prints what to run.
 */
const { spawn, spawnSync } = require('node:child_process');
const { existsSync, statSync } = require('node:fs');
const { delimiter, dirname, join, resolve } = require('node:path');

const ROOT = resolve(__dirname, '..');
/**
 * Package managers: the file that each writes beside the packages once it has installed them, its lock file, and its
 * command. npm is the first; it installs where no other has yet.
 */
const MANAGERS = [
  // NODE_ENV=production would leave out the packages of the tests.
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

/** Lists the commands that install the packages of the lock file; none if the dates say that they are installed. */
function packageInstallation() {
  // In a workspace, the packages are in a folder above.
  for (let folder = ROOT; ; folder = dirname(folder)) {
    for (const { mark, lock, install } of MANAGERS) {
      const installed = dateOf(join(folder, 'node_modules', mark));
      if (installed === undefined) continue;
      return installed >= (dateOf(join(folder, lock)) ?? 0) ? [] : [install];
    }
    if (folder === dirname(folder)) return [MANAGERS[0].install];
  }
}

/** Returns the modification time in milliseconds; undefined for a file that does not exist. */
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
    if (sudo.length > 0 && !onPath('sudo')) {
      fail(`${name} is missing. As root, run: apt-get install -y ${apt.join(' ')}`);
    }
    return [
      [...sudo, 'apt-get', 'update', '-qq'],
      [...sudo, 'apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...apt],
    ];
  }
  if (onPath('brew')) return [['brew', 'install', '--quiet', ...brew]];
  return fail(
    `${name} is missing, and there is neither apt-get nor brew to install it. Install it, or name its path in ${variable}.`,
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
  // A failed update of the package list does no harm as long as the packages can be installed.
  if (line.includes('update')) return;
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`.trim().split('\n');
  const named = Object.values(TOOLS)
    .map(({ variable }) => variable)
    .join(' or ');
  fail(
    `The installation failed:\n${output.slice(-15).join('\n')}\nInstall it another way. If it is not on the PATH, name its path in ${named}.`,
  );
}

/** Runs the command as if it were this process: it shares signals and exit code. */
function run([command, ...args]) {
  const isScript = command.endsWith('.ts');
  const child = spawn(isScript ? process.execPath : command, isScript ? ['--import', 'tsx', command, ...args] : args, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // The terminal sends Ctrl-C to the child too. Signals to this process alone are passed on.
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
