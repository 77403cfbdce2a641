import { expect, test } from 'vitest';
import { readEngine } from '../harness/engine-api.ts';
import { readInContainer } from '../harness/read-in-container.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

const environment = {
  FROM_SHELL: 'by the shell',
  PREFIX: 'start',
  AUTHOR: 'a test',
  CONFIG_TEXT: 'configured',
  SECRET_TEXT: 'whispered',
};

/** What a shell in a service's first container prints, without the terminal's carriage returns. */
async function inside(scenario: Scenario, service: string, script: string): Promise<string> {
  const output = await readInContainer(`${scenario.project}-${service}-1`, ['sh', '-c', script]);
  return output.replaceAll('\r', '').trim();
}

test('everything a service says of itself is what its process finds', async () => {
  const scenario = openScenario(import.meta.dirname, environment);
  await scenario.succeed('up', '-d');
  const app = (script: string): Promise<string> => inside(scenario, 'app', script);

  expect((await app('env')).split('\n')).toEqual(
    expect.arrayContaining([
      'PLAIN=value',
      'WITH_EQUALS=a=b',
      'FROM_SHELL=by the shell',
      'NUMBER=12',
      'DOLLAR=$HOME',
      'BLANK=',
      'OVERRIDDEN=by environment',
      'FROM_FILE=quoted value',
      'EXPANDED=start-end',
    ]),
  );
  expect(await app('cat /proc/*/cmdline | tr "\\0" " "')).toContain('sleep infinity');
  expect(await app('cat /proc/1/cmdline | tr "\\0" " "')).toMatch(/init\b.*sh -c .* zero one two$/);
  expect(await app('id -u; id -g; id -G; pwd; hostname; hostname -f')).toBe(
    '1000\n1001\n1001 1002\n/srv/work\nharbour\nharbour.example.org',
  );
  // The engine's own resolver stands before the file's; only newer engines write down whom it asks.
  expect(await app('cat /etc/resolv.conf')).toMatch(/^search example\.org$/m);
  expect(await app('cat /etc/resolv.conf')).toMatch(/^options ndots:3$/m);
  expect((await scenario.inspect('app')).HostConfig).toMatchObject({ Dns: ['10.9.8.7'] });
  expect(await app('cat /etc/hosts')).toMatch(/10\.1\.2\.4\s+lighthouse[\s\S]*10\.1\.2\.3\s+pier/);
  expect(await app('grep -e CapBnd -e NoNewPrivs /proc/self/status; ulimit -n; ulimit -S -u; ulimit -H -u')).toBe(
    'CapBnd:\t0000000000000400\nNoNewPrivs:\t1\n512\n100\n200',
  );
  expect(await app('cat /proc/sys/net/ipv4/ip_unprivileged_port_start')).toBe('90');

  const { stdout } = await scenario.succeed('logs', '--no-color', '--no-log-prefix', 'app');
  expect(stdout).toBe('zero one two\nstarted\n');
});

test('mounts, configs and secrets are where they belong, with their modes', async () => {
  const scenario = openScenario(import.meta.dirname, environment);
  await scenario.succeed('up', '-d');
  const app = (script: string): Promise<string> => inside(scenario, 'app', script);

  const mounts = await app('mount');
  expect(mounts).toMatch(/ on \/srv\/data type \S+ \(rw/);
  expect(mounts).toMatch(/ on \/srv\/again type \S+ \(ro/);
  expect(mounts).toMatch(/ on \/srv\/anonymous type \S+ \(rw/);
  expect(mounts).toMatch(/ on \/srv\/files type \S+ \(ro/);
  expect(mounts).toMatch(/tmpfs on \/srv\/scratch type tmpfs \(.*size=1024k/);
  expect(mounts).toMatch(/tmpfs on \/srv\/plain type tmpfs/);
  expect(mounts).toMatch(/ on \/dev\/shm type tmpfs \(.*size=8192k/);
  expect(await app('cat /etc/from_content; stat -c "%a %u" /etc/from_content')).toBe(
    'written here by a test\n400 1000',
  );
  expect(await app('cat /from_file /srv/files/config.txt /run/secrets/from_file /run/secrets/renamed')).toBe(
    'a configuration\na configuration\nnot a real secret\nwhispered',
  );
  expect(await inside(scenario, 'copies', 'cat /etc/deep/down/content /from_environment; ls -ln /run/secrets')).toMatch(
    /^written here by a test\nconfigured[\s\S]*-r--r----- +1 0 +1001 /,
  );

  expect(await inside(scenario, 'sealed', 'touch /anywhere; touch /tmp/here; ls /tmp /sys/class/net')).toMatch(
    /Read-only file system\n\/sys\/class\/net:\nlo\n+\/tmp:\nhere/,
  );
  expect(await inside(scenario, 'sealed', 'cat /proc/1/oom_score_adj')).toBe('500');
});

test('replicas reach the service under its aliases, and profiles keep services out', async () => {
  const scenario = openScenario(import.meta.dirname, environment);
  await scenario.succeed('up', '-d');
  const address = await inside(scenario, 'app', 'hostname -i');
  for (const name of ['app', 'boat', 'ship', `${scenario.project}-app-1`])
    expect(await inside(scenario, 'copies', `ping -c 1 -W 2 ${name}`)).toContain(`(${address})`);
  const names = (await scenario.containers()).map(({ Names }) => String(Names[0]).replace(`/${scenario.project}-`, ''));
  expect(names.sort()).toEqual(['app-1', 'copies-1', 'copies-2', 'sealed-1']);
  await scenario.succeed('--profile', 'hidden', 'up', '-d');
  expect((await scenario.inspect('hidden')).State.Status).toBe('running');
});

test('what only the engine sees arrives there', async () => {
  const scenario = openScenario(import.meta.dirname, environment);
  await scenario.succeed('up', '--no-start');
  const { Config, HostConfig } = await readEngine<{
    Config: Record<string, unknown>;
    HostConfig: Record<string, unknown>;
  }>(`/containers/${scenario.project}-app-1/json`);
  expect(Config).toMatchObject({
    StopSignal: 'SIGUSR1',
    StopTimeout: 90,
    ExposedPorts: { '8080/tcp': {} },
    Labels: { 'org.example.kind': 'everything' },
  });
  expect(HostConfig).toMatchObject({
    RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
    LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '2' } },
    PortBindings: {},
  });
  expect((await scenario.inspect('copies')).HostConfig).toMatchObject({ PortBindings: {} });
});
