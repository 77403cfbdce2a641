import { expect, test } from 'vitest';
import { parseLogTime } from '../../../src/compose/parse-log-time.ts';
import { sourceName } from '../../../src/compose/source-name.ts';

test.each([
  [{ service: 'web', replica: 2, container: 'p-web-2' }, 'web-2'],
  [{ service: 'web', replica: 2, container: 'p_web_2' }, 'web_2'],
  [{ service: 'web', replica: 1, container: 'my-own-name' }, 'my-own-name'],
  [{ service: 'web', replica: 1, container: '0123456789ab_p-web-1' }, 'web-1'],
  [{ service: 'web', replica: 1, container: '0123456789ab_my-own-name' }, 'my-own-name'],
  [{ service: 'web', replica: 0, container: 'p-web-run-1a2b' }, 'p-web-run-1a2b'],
])('%j is shown as %s', (source, name) => {
  expect(sourceName('p', source)).toBe(name);
});

const now = Date.parse('2026-01-02T03:04:05.000Z');

test.each([
  ['2026-01-02T03:04:05Z', '1767323045'],
  ['2026-01-02T03:04:05.123456789Z', '1767323045.123456789'],
  ['2026-01-02T04:04:05+01:00', '1767323045'],
  ['1767323045.5', '1767323045.5'],
  ['10m', '1767322445.000'],
  ['1h30m', '1767317645.000'],
])('%s is %s', (text, seconds) => {
  expect(parseLogTime(text, now, 'since')).toBe(seconds);
});

test('what is no time is refused with examples', () => {
  expect(() => parseLogTime('yesterday', now, 'until')).toThrow(
    'invalid value for "until": failed to parse value as time or duration: "yesterday"',
  );
});
