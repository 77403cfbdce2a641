import { expect, test } from 'vitest';
import type { Display } from '../../../src/cli/display.ts';
import { showNotice } from '../../../src/cli/show-notice.ts';
import { RecordedHost } from './recorded-host.ts';

const plain: Display = { format: 'plain', stdoutColours: false, stderrColours: false };

test('a notice is a line behind its title', () => {
  const host = new RecordedHost();
  showNotice({ host, display: plain }, 'the log of a-1 cannot be read', 'warning: ');
  expect(host.stderr.text).toBe('warning: the log of a-1 cannot be read\n');
});

test('with --progress json a notice is an event', () => {
  const host = new RecordedHost();
  showNotice({ host, display: { ...plain, format: 'json' } }, 'stopping', 'warning: ');
  expect(JSON.parse(host.stderr.text)).toMatchObject({ version: 1, type: 'warning', text: 'stopping' });
});
