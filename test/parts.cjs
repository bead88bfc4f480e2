/**
 * The two parts of the test suite. `npm test` runs the first, in which every room of the code has its tests and a stream
 * is played; `npm run test:rest` runs every other file. `.ci/run` runs both. A file that is in no list here is a unit test
 * of the first part, or an end-to-end test of the rest.
 */
module.exports = {
  /** Unit tests that take long: real encoders, launch templates, many stacks, cfn-lint. */
  LONG_UNIT_TESTS: [
    'test/launch/contract.test.ts',
    'test/house/matrix-capabilities.test.ts',
    'test/house/regions.test.ts',
    'test/house/template-lint.test.ts',
    'packages/small-cloud/test/medialive/contributions.test.ts',
    'packages/small-cloud/test/medialive/encoding.test.ts',
    'packages/small-cloud/test/medialive/ingest/program-change.test.ts',
  ],
  /** The way of a stream from a publisher to a browser, the operator's commands, and pages that attack the run. */
  FIRST_PLAYED_TESTS: [
    'test/end-to-end/playback.test.ts',
    'test/end-to-end/rtmp.test.ts',
    'test/end-to-end/command.test.ts',
    'test/end-to-end/access-attacks.test.ts',
    'test/end-to-end/hostile-page.test.ts',
  ],
};
