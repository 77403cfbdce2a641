import { expect, test } from 'vitest';
import { carryOutOptionsOf } from '../../../src/cli/carry-out-options.ts';
import { listenForInterrupts } from '../../../src/cli/interrupts.ts';
import type { RootFlags } from '../../../src/cli/root-flags.ts';
import { RecordedHost } from './recorded-host.ts';

function options(
  flags: RootFlags,
  environment: Readonly<Record<string, string>>,
  more?: Readonly<Record<string, string>>,
) {
  const host = new RecordedHost({ environment });
  const display = { format: 'plain', stdoutColours: false, stderrColours: false } as const;
  return carryOutOptionsOf({ host, flags, display, interrupts: listenForInterrupts(host) }, () => undefined, {}, more);
}

test.each([
  [{}, {}, undefined, undefined],
  [{}, { COMPOSE_PARALLEL_LIMIT: '3' }, undefined, 3],
  [{}, {}, { COMPOSE_PARALLEL_LIMIT: '4' }, 4],
  [{ parallel: 2 }, { COMPOSE_PARALLEL_LIMIT: '3' }, undefined, 2],
  [{ parallel: -1 }, { COMPOSE_PARALLEL_LIMIT: '3' }, undefined, undefined],
])(
  'flags %j, environment %j and that of the project %j allow %j pulls at a time',
  (flags, environment, more, limit) => {
    expect(options(flags, environment, more).pullParallelism).toBe(limit);
  },
);

test('a limit that is no number is refused', () => {
  expect(() => options({}, { COMPOSE_PARALLEL_LIMIT: 'x' })).toThrow(
    'COMPOSE_PARALLEL_LIMIT must be an integer (found: "x")',
  );
});

test('--dry-run is carried on', () => {
  expect([options({ dryRun: true }, {}).dryRun, options({}, {}).dryRun]).toEqual([true, false]);
});
