/** Names of the modules that a function may import. */
export const MODULE_NAMES: readonly string[] = ['buffer', 'cloudfront', 'crypto', 'querystring'];
