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
      testMatch: ['**/*.test.ts'],
      testPathIgnorePatterns: ['/end-to-end/'],
    },
    {
      ...common,
      displayName: 'end to end',
      roots: ['<rootDir>/test/end-to-end'],
      testMatch: ['**/*.test.ts'],
      // Further kinds of input and origin: `npm run test:thorough` plays these as well.
      testPathIgnorePatterns: process.env.THOROUGH === '1' ? [] : ['/end-to-end/thorough/'],
    },
  ],
};
