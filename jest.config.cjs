/** Jest runs TypeScript through esbuild (TypeScript 7 has no compiler API for ts-jest). */
const common = {
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'cjs', 'js', 'json', 'node'],
  transform: { '\\.ts$': '<rootDir>/test/esbuild-transform.cjs' },
  injectGlobals: false,
};

module.exports = {
  silent: true,
  // A test that fails may leave a server open; the run must end all the same.
  forceExit: true,
  reporters: ['default', '<rootDir>/test/closing-line.cjs'],
  projects: [
    {
      ...common,
      displayName: 'unit',
      roots: ['<rootDir>/test'],
      testMatch: ['**/*.test.ts'],
      testPathIgnorePatterns: ['/end-to-end/'],
    },
    { ...common, displayName: 'end to end', roots: ['<rootDir>/test/end-to-end'], testMatch: ['**/*.test.ts'] },
  ],
};
