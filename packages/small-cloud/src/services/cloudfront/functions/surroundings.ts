import { createHash, createHmac } from 'node:crypto';
import querystring from 'node:querystring';
import { UnsupportedError } from '../../../contract';
import { MODULE_NAMES } from './modules';

/** Algorithms of the module `crypto`. */
const ALGORITHMS = ['md5', 'sha1', 'sha256'];

/**
 * Modules that a function may import beside `cloudfront`. None of them reaches the file system or the network.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
const MODULES: Readonly<Record<string, unknown>> = {
  buffer: { Buffer },
  crypto: {
    createHash: (algorithm: string) => createHash(known(algorithm)),
    createHmac: (algorithm: string, key: string | Buffer) => createHmac(known(algorithm), key),
  },
  querystring,
};

/**
 * Lists the globals of a function that the language itself does not have.
 *
 * @param cloudfront - makes the module `cloudfront`.
 */
export function surroundings(name: string, cloudfront: () => unknown): object {
  const scope: object = Object.create(null);
  const require = (module: string): unknown => {
    if (module === 'cloudfront') return cloudfront();
    if (Object.hasOwn(MODULES, module)) return MODULES[module];
    throw new UnsupportedError(
      `${name}: the module "${module}" is not modelled by the local run; known: ${MODULE_NAMES.join(', ')}.`,
    );
  };
  const console = { log() {}, error() {} };
  return Object.assign(scope, { require, console, Buffer, TextDecoder, TextEncoder, atob, btoa });
}

function known(algorithm: string): string {
  if (ALGORITHMS.includes(algorithm)) return algorithm;
  throw new Error(`The algorithm ${algorithm} was given; CloudFront Functions know ${ALGORITHMS.join(', ')}.`);
}
