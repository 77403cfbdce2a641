import { expect, test } from 'vitest';
import { readInContainer } from '../harness/read-in-container.ts';
import { openScenario } from '../harness/scenario.ts';

const mebibyte = 1024 * 1024;

/** What the kernel enforces, in the words of either version of cgroups. */
const script = `
cd /sys/fs/cgroup
if [ -f cgroup.controllers ]; then
  echo version=2 cpu=$(cat cpu.max | tr ' ' /) memory=$(cat memory.max) low=$(cat memory.low) pids=$(cat pids.max)
else
  echo version=1 cpu=$(cat cpu/cpu.cfs_quota_us)/$(cat cpu/cpu.cfs_period_us) shares=$(cat cpu/cpu.shares) \
    memory=$(cat memory/memory.limit_in_bytes) low=$(cat memory/memory.soft_limit_in_bytes) \
    pids=$(cat pids/pids.max) cores=$(cat cpuset/cpuset.cpus)
fi`;

test('every spelling of a limit is what the kernel enforces inside the container', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const read = (service: string): Promise<string> =>
    readInContainer(`${scenario.project}-${service}-1`, ['sh', '-c', script]);
  const modern = await read('modern');
  expect(modern).toContain('cpu=50000/100000');
  expect(modern).toContain(`memory=${String(256 * mebibyte)} low=${String(128 * mebibyte)} pids=60`);
  const older = await read('older');
  expect(older).toContain('cpu=30000/60000');
  expect(older).toContain(`memory=${String(256 * mebibyte)} low=${String(64 * mebibyte)} pids=70`);
  if (older.startsWith('version=1')) expect(older).toMatch(/shares=300 .*cores=0\r?\n/);
  expect((await scenario.inspect('older')).HostConfig).toMatchObject({
    CpuShares: 300,
    CpusetCpus: '0',
    MemorySwap: 512 * mebibyte,
  });
});

test('ps --usage shows use beside each limit, and a dash or the machine where there is none', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const { stdout } = await scenario.succeed('ps', '--usage');
  const rows = new Map(
    stdout
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => [row.split(/ {2,}/)[1], row]),
  );
  expect(rows.get('modern')).toMatch(/\/ 0\.50 .*\/ 256MiB .*\/ 60$/);
  expect(rows.get('older')).toMatch(/\/ 0\.50 .*\/ 256MiB .*\/ 70$/);
  expect(rows.get('none')).not.toMatch(/NaN|undefined|Infinity/);
});

test('a process beyond the limit of processes cannot start', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.run('up', '-d', 'swarm');
  const { stdout } = await scenario.succeed('logs', '--no-color', 'swarm');
  expect(stdout).toMatch(/can't fork/);
});
