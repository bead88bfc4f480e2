const { transformSync } = require('esbuild');

/** Transforms TypeScript to CommonJS for Jest. `npm run check` checks the types. */
module.exports = {
  process(source, filename) {
    const { code, map } = transformSync(source, {
      loader: 'ts',
      format: 'cjs',
      target: 'node20',
      sourcemap: 'both',
      sourcefile: filename,
    });
    return { code, map };
  },
};
