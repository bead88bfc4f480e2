import { findEnvironment, type Keys } from 'small-cloud';

/**
 * Finds the keys of the local run at an address: in the file that it wrote for its user, or in the environment that it
 * printed. Without either, it returns keys that no run knows, and the run refuses them with a sentence.
 *
 * @param environment - the environment of this process.
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
