import { expect, test } from 'vitest';
import { readInContainer } from '../harness/read-in-container.ts';
import { openScenario } from '../harness/scenario.ts';

const mebibyte = 1024 * 1024;

/** What the kernel enforces, read inside the container: cgroup v2 has one folder, v1 one for each controller. */
const script = `
cd /sys/fs/cgroup
if [ -f cgroup.controllers ]; then
  cat cpu.max memory.max pids.max
else
  echo $(cat cpu/cpu.cfs_quota_us) $(cat cpu/cpu.cfs_period_us)
  cat memory/memory.limit_in_bytes pids/pids.max
fi`;

async function enforced(container: string): Promise<{ cores: number; memory: number; processes: number }> {
  const output = await readInContainer(container, ['sh', '-c', script]);
  const [quota, period, memory, processes] = output.trim().split(/\s+/).map(Number);
  return { cores: (quota ?? 0) / (period ?? 1), memory: memory ?? 0, processes: processes ?? 0 };
}

test('limits of either spelling are what the kernel enforces inside the container', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  expect(await enforced(`${scenario.project}-modern-1`)).toEqual({ cores: 0.5, memory: 64 * mebibyte, processes: 40 });
  expect(await enforced(`${scenario.project}-older-1`)).toEqual({ cores: 0.25, memory: 128 * mebibyte, processes: 50 });
  expect((await scenario.inspect('modern')).HostConfig).toMatchObject({ MemoryReservation: 32 * mebibyte });
});

test('ps --usage shows use against limit', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d', 'modern');
  const { stdout } = await scenario.succeed('ps', '--usage');
  const [header = '', row = ''] = stdout.split('\n');
  expect(header.split(/ {2,}/)).toEqual([
    'NAME',
    'SERVICE',
    'CPU / LIMIT',
    'CPU %',
    'MEM / LIMIT',
    'MEM %',
    'PIDS / LIMIT',
  ]);
  expect(row).toMatch(/-modern-1 +modern +0\.\d\d \/ 0\.50 +\d+\.\d% +\S+ \/ 64MiB +\d+\.\d% +1 \/ 40$/);
});
