import { writeFile } from 'node:fs/promises';

/**
 * A vitest reporter that counts into the file TOPSAIL_TEST_COUNTS names. A test file that cannot be loaded, an error
 * outside any test and a test that is skipped without a note that says what is missing each count as a failure.
 */
export default class CountReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  async onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, notAvailable: {} };
    for (const module of modules) {
      counts.failed += module.errors().length;
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
      for (const test of module.children.allTests()) countTest(counts, test);
    }
    await writeFile(process.env.TOPSAIL_TEST_COUNTS, JSON.stringify(counts));
  }
}

function countTest(counts, test) {
  const result = test.result();
  if (result.state === 'passed') {
    counts.passed += 1;
  } else if (result.state === 'skipped' && result.note) {
    const why = result.note.replace(/^not available here: /, '');
    counts.notAvailable[why] = (counts.notAvailable[why] ?? 0) + 1;
  } else {
    counts.failed += 1;
    if (result.state === 'skipped') console.log(`skipped without saying what is missing: ${test.fullName}`);
  }
}
