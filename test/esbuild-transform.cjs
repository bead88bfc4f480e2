const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { transformSync, version } = require('esbuild');

const OWN_SOURCE = readFileSync(__filename);

/** Transforms TypeScript to CommonJS for Jest. `npm run check` checks the types. */
module.exports = {
  process(source, filename) {
    const { code, map } = transformSync(source, {
      loader: 'ts',
      format: 'cjs',
      target: 'node20',
      // Jest runs modules in a context without `import()`; it becomes `require()`.
      supported: { 'dynamic-import': false },
      sourcemap: 'both',
      sourcefile: filename,
    });
    return { code, map };
  },

  /** Jest's own key leaves out the options above. */
  getCacheKey(source, filename) {
    return createHash('sha256')
      .update(OWN_SOURCE)
      .update(version)
      .update(filename)
      .update('\0')
      .update(source)
      .digest('hex');
  },
};
