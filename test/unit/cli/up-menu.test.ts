import { expect, test } from 'vitest';
import type { Display } from '../../../src/cli/display.ts';
import { listenForInterrupts } from '../../../src/cli/interrupts.ts';
import type { Session } from '../../../src/cli/session.ts';
import { hasMenu, openMenu } from '../../../src/cli/up-menu.ts';
import { createLogPrinter } from '../../../src/report/log-printer.ts';
import { settle } from '../../fakes/manual-clock.ts';
import { projectOf } from '../state/project-of.ts';
import { RecordedHost } from './recorded-host.ts';

const flags = { withoutAttach: [] };

function sessionOf(host: RecordedHost, format: Display['format'] = 'tty'): Session {
  const display = { format, stdoutColours: false, stderrColours: false };
  return { host, flags: {}, display, interrupts: listenForInterrupts(host) };
}

test.each([
  [true, {}, {}, 'tty', true],
  [true, {}, { menu: false }, 'tty', false],
  [true, { COMPOSE_MENU: 'false' }, {}, 'tty', false],
  [true, { COMPOSE_MENU: 'false' }, { menu: true }, 'tty', true],
  [true, {}, { menu: true }, 'plain', false],
  [false, {}, { menu: true }, 'tty', false],
] as const)('terminal %j, environment %j, flags %j, progress %s: %j', (terminal, environment, more, format, menu) => {
  const host = new RecordedHost({ terminal, environment });
  expect(hasMenu(sessionOf(host, format), { ...flags, ...more })).toBe(menu);
});

test('keys detach, show the configuration, and stop; the terminal is given back', async () => {
  const host = new RecordedHost({ terminal: true });
  const session = sessionOf(host);
  const pressed: string[] = [];
  const printer = createLogPrinter(host, { coloured: false, prefix: true, terminal: false });
  const project = projectOf({ services: { web: {} } });
  const close = await openMenu(session, { project, printer, detach: () => pressed.push('detach') });
  host.stdin.type('xwod');
  await settle();
  expect(pressed).toEqual(['detach']);
  expect(host.stdout.text).toMatch(/^keys: d detach, .*\nwatch comes in a later version\nname: shop\n/);
  expect(session.interrupts.interrupted()).toBe(false);
  host.stdin.type('\u0003');
  await settle();
  expect(session.interrupts.interrupted()).toBe(true);
  expect(host.stdin.raw).toBe(true);
  await close();
  expect(host.stdin.raw).toBe(false);
});
