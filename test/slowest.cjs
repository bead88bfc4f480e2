/** Prints the ten slowest test files at the end, each with its slowest test. */
module.exports = class Slowest {
  onRunComplete(_contexts, { testResults }) {
    const files = testResults
      .map(({ testFilePath, perfStats, testResults: tests }) => ({
        file: testFilePath.slice(testFilePath.lastIndexOf('/test/') + 1),
        seconds: (perfStats.end - perfStats.start) / 1000,
        slowest: tests.reduce((one, other) => ((other.duration ?? 0) > (one?.duration ?? -1) ? other : one), undefined),
      }))
      .sort((one, other) => other.seconds - one.seconds)
      .slice(0, 10);
    const lines = files.map(({ file, seconds, slowest }) => {
      const test = slowest === undefined ? '' : `  ${((slowest.duration ?? 0) / 1000).toFixed(1)} s: ${slowest.title}`;
      return `  ${seconds.toFixed(1).padStart(6)} s  ${file}${test}`;
    });
    process.stdout.write(`\nThe slowest:\n${lines.join('\n')}\n`);
  }
};
