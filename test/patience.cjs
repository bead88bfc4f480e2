const { jest } = require('@jest/globals');

// Tests wait for conditions, and fail with the condition that did not come true. They do not test the speed of the
// machine: this limit only ends a test that hangs.
jest.setTimeout(600_000);
