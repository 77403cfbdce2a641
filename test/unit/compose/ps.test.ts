import { expect, test } from 'vitest';
import { ps } from '../../../src/compose/ps.ts';
import { usage } from '../../../src/compose/usage.ts';
import { createMemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';

const image = 'app:1';

async function engineWith(
  ...containers: readonly { service: string; number?: number; oneOff?: boolean; state?: 'exited'; limits?: object }[]
) {
  const engine = createMemoryEngine({ images: [image], now: () => Date.parse('2026-01-01T00:00:00Z') });
  for (const { service, number = 1, oneOff = false, state, limits = {} } of containers) {
    const name = oneOff ? `p-${service}-run-1` : `p-${service}-${number}`;
    const { id } = await engine.containers.create({
      name,
      body: {
        Image: image,
        Labels: {
          'com.docker.compose.project': 'p',
          'com.docker.compose.service': service,
          'com.docker.compose.config-hash': 'x',
          'com.docker.compose.oneoff': oneOff ? 'True' : 'False',
          ...(oneOff ? {} : { 'com.docker.compose.container-number': String(number) }),
        },
        HostConfig: limits,
      },
    });
    await engine.containers.start(id);
    if (state === 'exited') engine.control.exit(name, 3);
  }
  return engine;
}

const byName = { name: 'p', project: undefined };

test('running containers are listed by name, stopped ones and one-offs only with all', async () => {
  const engine = await engineWith(
    { service: 'web' },
    { service: 'db' },
    { service: 'job', state: 'exited' },
    { service: 'web', oneOff: true },
  );
  const names = async (options = {}) => (await ps({ engine }, byName, options)).map((row) => row.name);
  expect(await names()).toEqual(['p-db-1', 'p-web-1']);
  expect(await names({ all: true })).toEqual(['p-db-1', 'p-job-1', 'p-web-1', 'p-web-run-1']);
  expect(await names({ services: ['web'] })).toEqual(['p-web-1']);
  expect(await names({ states: ['exited'] })).toEqual(['p-job-1']);
});

test('an exited container shows its code', async () => {
  const engine = await engineWith({ service: 'job', state: 'exited' });
  const [job] = await ps({ engine }, byName, { all: true });
  expect(job).toMatchObject({ service: 'job', number: 1, state: 'exited', exitCode: 3, health: undefined });
});

test('usage is read against the limits, without what the kernel would give back', async () => {
  const engine = await engineWith(
    { service: 'web', limits: { NanoCpus: 5e8, Memory: 1000, PidsLimit: 10 } },
    { service: 'job', state: 'exited' },
  );
  engine.control.setStats('p-web-1', {
    cpu_stats: { cpu_usage: { total_usage: 300 }, system_cpu_usage: 2000, online_cpus: 2 },
    precpu_stats: { cpu_usage: { total_usage: 100 }, system_cpu_usage: 1000 },
    memory_stats: { usage: 700, stats: { inactive_file: 200 } },
    pids_stats: { current: 3 },
  });
  const rows = await ps({ engine }, byName, { all: true });
  expect(await usage({ engine }, rows)).toEqual([
    expect.objectContaining({
      cpu: 0.4,
      cpuLimit: 0.5,
      memory: 500,
      memoryLimit: 1000,
      processes: 3,
      processesLimit: 10,
    }),
  ]);
});
