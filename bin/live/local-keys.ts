import { findEnvironment, type Keys } from 'small-cloud';

/**
 * The keys of the local run at an address: those that it wrote for its user, or those of the environment that it printed.
 * Without either, keys that no run knows: then the run, if there is one, says so itself.
 *
 * @param environment - of this process.
 */
export function localKeys(
  endpoint: string,
  environment: NodeJS.ProcessEnv = process.env,
  find: typeof findEnvironment = findEnvironment,
): Keys {
  const found = find(endpoint);
  if (found !== undefined) return found.keys;
  const { AWS_ACCESS_KEY_ID: accessKeyId = 'none', AWS_SECRET_ACCESS_KEY: secretAccessKey = 'none' } = environment;
  return { accessKeyId, secretAccessKey };
}
