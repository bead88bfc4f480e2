const { transformSync } = require('esbuild');

/** TypeScript to CommonJS for Jest; types are checked by `npm run typecheck`, not here. */
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
