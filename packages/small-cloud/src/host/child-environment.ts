/** Hosts of this machine, as `NO_PROXY` names them. */
export const THIS_MACHINE = '127.0.0.1,localhost,::1';

/**
 * ffmpeg asks a proxy for whatever is not on this machine, and nothing listens on this port: a playlist or a redirect
 * that leads outside fails at once, because the local run loads nothing from outside.
 */
const NOTHING_FROM_OUTSIDE = { http_proxy: 'http://127.0.0.1:1', no_proxy: THIS_MACHINE, NO_PROXY: THIS_MACHINE };

/**
 * Makes the environment of a child process: all of the given one but its proxies, in any spelling, because media and
 * calls between the processes of a run stay on this machine.
 *
 * @param given - the variables to pass on. @default those of this process
 */
export function childEnvironment(given: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(given).filter(([name]) => !/_proxy$/i.test(name) && name !== 'NODE_USE_ENV_PROXY');
  return { ...Object.fromEntries(kept), ...NOTHING_FROM_OUTSIDE };
}
