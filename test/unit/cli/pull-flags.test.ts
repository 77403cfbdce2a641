import { expect, test } from 'vitest';
import { runCommandLine } from '../../../src/cli/main.ts';
import { RecordedHost } from './recorded-host.ts';

test('pull takes two policies, and says so for any other word', async () => {
  const host = new RecordedHost();
  expect(await runCommandLine(['pull', '--policy', 'bogus'], host)).toBe(1);
  expect(host.stderr.text).toContain('invalid --policy option "bogus"');
  expect(host.stderr.text).toContain('use missing or always');
});

test.each(['--parallel', '--no-parallel'])('pull %s of old is told to mean nothing', async (flag) => {
  const host = new RecordedHost();
  await runCommandLine(['pull', flag], host);
  expect(host.stderr.text).toContain(`option '${flag}' is DEPRECATED and will be ignored.`);
});
