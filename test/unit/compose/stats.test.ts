import { expect, test } from 'vitest';
import { followStats, stats } from '../../../src/compose/stats.ts';
import { engineWith } from './project-engine.ts';

const reading = {
  cpu_stats: { cpu_usage: { total_usage: 300 }, system_cpu_usage: 2000, online_cpus: 2 },
  precpu_stats: { cpu_usage: { total_usage: 100 }, system_cpu_usage: 1000 },
  memory_stats: { usage: 700, limit: 1000, stats: { inactive_file: 200 } },
  pids_stats: { current: 3 },
  networks: { eth0: { rx_bytes: 5, tx_bytes: 7 }, eth1: { rx_bytes: 1, tx_bytes: 1 } },
  blkio_stats: {
    io_service_bytes_recursive: [
      { op: 'Read', value: 10 },
      { op: 'write', value: 20 },
      { op: 'Sync', value: 99 },
    ],
  },
};

const figures = {
  cores: 0.4,
  memory: 500,
  memoryLimit: 1000,
  received: 6,
  sent: 8,
  read: 10,
  written: 20,
  processes: 3,
};

test('figures of running containers are read once, of stopped ones with all there are none', async () => {
  const engine = await engineWith({ service: 'web' }, { service: 'job', state: 'exited' });
  engine.control.setStats('p-web-1', reading);
  const shown = async (options = {}) =>
    (await stats({ engine }, 'p', options)).map((row) => [row.container.name, row.figures]);
  expect(await shown()).toEqual([['p-web-1', figures]]);
  expect(new Set(await shown({ all: true }))).toEqual(
    new Set([
      ['p-web-1', figures],
      ['p-job-1', undefined],
    ]),
  );
  expect(await shown({ service: 'job' })).toEqual([]);
});

test('pictures go on with containers that start and without those that stop', async () => {
  const engine = await engineWith({ service: 'web' }, { service: 'db', state: 'created' });
  for (const name of ['p-web-1', 'p-db-1']) engine.control.setStats(name, reading);
  const leaving = new AbortController();
  const clock = { now: () => 0, sleep: () => Promise.resolve() };
  const pictures = followStats({ engine, clock }, 'p', { signal: leaving.signal });
  const names = async () => (await pictures.next()).value?.map((row) => row.container.name);
  const until = async (wanted: readonly string[]) => {
    let found = await names();
    while (JSON.stringify(found) !== JSON.stringify(wanted)) found = await names();
  };
  expect(await names()).toEqual(['p-web-1']);
  await engine.containers.start('p-db-1');
  await until(['p-web-1', 'p-db-1']);
  engine.control.exit('p-web-1', 0);
  await until(['p-db-1']);
  leaving.abort();
  expect((await pictures.next()).done).toBe(true);
});
