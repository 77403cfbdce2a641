import { expect, test } from 'vitest';
import { chooseDisplay } from '../../../src/cli/display.ts';
import { RecordedHost } from './recorded-host.ts';

test('NO_COLOR takes the colours away also where --ansi asks for them', () => {
  const colours = (environment: Record<string, string>): boolean =>
    chooseDisplay(new RecordedHost({ environment }), { ansi: 'always' }).stdoutColours;
  expect(colours({})).toBe(true);
  expect(colours({ NO_COLOR: '1' })).toBe(false);
  expect(colours({ NO_COLOR: '' })).toBe(true);
});
