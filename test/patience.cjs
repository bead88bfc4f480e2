const { jest } = require('@jest/globals');

// A test that waits, waits for a condition, and says what it waited for when that does not come. How long a machine
// takes is no business of a test's: this limit only ends one that hangs.
jest.setTimeout(600_000);
