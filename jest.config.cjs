const { FIRST_PLAYED_TESTS, LONG_UNIT_TESTS } = require('./test/parts.cjs');

/** `first` or `rest`; without it, all tests. */
const part = process.env.PART;
const only = (files) => files.map((file) => `<rootDir>/${file}`);
const except = (files) => files.map((file) => `<rootDir>/${file.replaceAll('.', '\\.')}$`);

/** Jest runs TypeScript through esbuild (TypeScript 7 has no compiler API for ts-jest). */
const common = {
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'cjs', 'js', 'json', 'node'],
  transform: { '\\.ts$': '<rootDir>/test/esbuild-transform.cjs' },
  injectGlobals: false,
  setupFilesAfterEnv: ['<rootDir>/test/patience.cjs'],
};

module.exports = {
  silent: true,
  // A test that fails may leave a server open; the run must end all the same.
  forceExit: true,
  reporters: ['default', '<rootDir>/test/slowest.cjs', '<rootDir>/test/closing-line.cjs'],
  projects: [
    {
      ...common,
      displayName: 'unit',
      roots: ['<rootDir>/test', '<rootDir>/packages'],
      testMatch: part === 'rest' ? only(LONG_UNIT_TESTS) : ['**/*.test.ts'],
      testPathIgnorePatterns: ['/end-to-end/', ...(part === 'first' ? except(LONG_UNIT_TESTS) : [])],
    },
    {
      ...common,
      displayName: 'end to end',
      roots: ['<rootDir>/test/end-to-end'],
      testMatch: part === 'first' ? only(FIRST_PLAYED_TESTS) : ['**/*.test.ts'],
      testPathIgnorePatterns: [
        // Further kinds of input and origin: `npm run test:thorough` plays these as well.
        ...(process.env.THOROUGH === '1' ? [] : ['/end-to-end/thorough/']),
        ...(part === 'rest' ? except(FIRST_PLAYED_TESTS) : []),
      ],
    },
  ],
};
