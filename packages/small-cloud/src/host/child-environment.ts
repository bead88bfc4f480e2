/** Hosts of this machine, as `NO_PROXY` names them. */
export const THIS_MACHINE = '127.0.0.1,localhost,::1';

/**
 * A proxy for ffmpeg on a port where nothing listens. A playlist or a redirect that leads to another machine fails at
 * once, because the local run loads nothing from the network.
 */
const NOTHING_FROM_OUTSIDE = { http_proxy: 'http://127.0.0.1:1', no_proxy: THIS_MACHINE, NO_PROXY: THIS_MACHINE };

/**
 * Makes the environment of a child process: the given variables without proxies in any spelling, because media and
 * calls between the processes of a run stay on this machine.
 *
 * @param given - the variables to pass on. @default those of this process
 */
export function childEnvironment(given: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(given).filter(([name]) => !/_proxy$/i.test(name) && name !== 'NODE_USE_ENV_PROXY');
  return { ...Object.fromEntries(kept), ...NOTHING_FROM_OUTSIDE };
}
