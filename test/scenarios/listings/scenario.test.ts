import { expect, test } from 'vitest';
import { callEngine } from '../harness/engine-api.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

/** One project is enough for all that only looks. Its job has ended. */
async function openProject(): Promise<Scenario> {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const { Id } = await scenario.inspect('job');
  expect((await callEngine('POST', `/containers/${Id}/wait`)).body).toMatchObject({ StatusCode: 3 });
  return scenario;
}

const columns = (line: string): readonly string[] => line.split(/ {2,}/);
const lines = (text: string): readonly string[] => text.trimEnd().split('\n');

test('ls, ps and what selects among their rows', async () => {
  const scenario = await openProject();
  const { project } = scenario;
  const shown = async (...words: readonly string[]): Promise<string> => (await scenario.succeed(...words)).stdout;
  const file = `${import.meta.dirname}/compose.yaml`;
  const filter = ['--filter', `name=^${project}$`];
  expect(lines(await shown('ls', ...filter)).map(columns)).toEqual([
    ['NAME', 'STATUS', 'CONFIG FILES'],
    [project, 'running(2)', file],
  ]);
  expect(JSON.parse(await shown('ls', '-a', '--format', 'json', ...filter))).toEqual([
    { Name: project, Status: 'exited(1), running(2)', ConfigFiles: file },
  ]);
  expect(await shown('ls', '--quiet', ...filter)).toBe(`${project}\n`);
  expect(await shown('ls', '--format', 'json', '--filter', 'name=^none such$')).toBe('[]\n');

  const names = async (...words: readonly string[]) =>
    lines(await shown('ps', '--format', '{{.Name}}', ...words)).map((name) => name.replace(`${project}-`, ''));
  expect(await names()).toEqual(['web-1', 'web-2']);
  expect(await names('-a')).toEqual(['job-1', 'web-1', 'web-2']);
  expect(await names('--status', 'exited')).toEqual(['job-1']);
  expect(await names('--filter', 'status=exited')).toEqual(['job-1']);
  expect(await names('-a', '--orphans=false', 'job')).toEqual(['job-1']);
  expect(await shown('ps', '--services', '-a')).toBe('job\nweb\n');
  const ids = lines(await shown('ps', '--quiet'));
  expect(ids.every((id) => /^[0-9a-f]{64}$/.test(id))).toBe(true);
  const objects = lines(await shown('ps', '--format', 'json', '--no-trunc')).map((line) => JSON.parse(line) as object);
  expect(objects).toHaveLength(2);
  expect(objects[0]).toMatchObject({ ID: ids[0], Project: project, Service: 'web', State: 'running', ExitCode: 0 });
  expect(lines(await shown('ps', '--format', 'table {{.Service}}\t{{.Label "com.example.my-part"}}'))[0]).toMatch(
    /^SERVICE +my part$/,
  );
  expect(lines(await shown('ps', '--format', 'raw'))[0]).toBe(`container_id: ${ids[0]?.slice(0, 12) ?? ''}`);
});

test('images, volumes, port and top', async () => {
  const scenario = await openProject();
  const { project } = scenario;
  const shown = async (...words: readonly string[]): Promise<string> => (await scenario.succeed(...words)).stdout;
  const table = lines(await shown('images')).map(columns);
  expect(table[0]).toEqual(['CONTAINER', 'REPOSITORY', 'TAG', 'PLATFORM', 'IMAGE ID', 'SIZE', 'CREATED']);
  expect(table.map(([name]) => name)).toEqual([
    'CONTAINER',
    `${project}-job-1`,
    `${project}-web-1`,
    `${project}-web-2`,
  ]);
  const [image] = JSON.parse(await shown('images', '--format', 'json', 'web')) as readonly { readonly ID: string }[];
  expect(image).toMatchObject({ ContainerName: `${project}-web-1`, Size: expect.any(Number) });
  expect(await shown('images', '-q')).toBe(`${image?.ID.replace('sha256:', '') ?? ''}\n`);

  const volume = `${project}_data`;
  expect(lines(await shown('volumes')).map(columns)).toEqual([
    ['DRIVER', 'VOLUME NAME'],
    ['local', volume],
  ]);
  expect(await shown('volumes', '-q', 'web')).toBe(`${volume}\n`);
  expect(await shown('volumes', '-q', 'job')).toBe('');
  expect(JSON.parse(await shown('volumes', '--format', 'json'))).toMatchObject({ Driver: 'local', Name: volume });

  expect(await shown('volumes', '--format', '{{.Label "com.docker.compose.volume"}}')).toBe('data\n');
  expect(await shown('ps', '--format', 'json', 'web')).toMatch(/127\.0\.0\.1:\d+-\\u003e8080\/tcp/);

  const address = (await shown('port', 'web', '8080')).trim();
  expect(address).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(await shown('port', '--protocol', 'udp', '--index', '2', 'web', '53')).toMatch(/^127\.0\.0\.1:\d+\n$/);
  expect(await shown('port', 'web', '9000')).toBe(':0\n');
  expect(await scenario.run('port', 'job', '80')).toMatchObject({
    exitCode: 1,
    stderr: 'service "job" is not running\n',
  });
  expect(await scenario.run('port', '--index', '3', 'web', '80')).toMatchObject({
    exitCode: 1,
    stderr: 'service "web" is not running container #3\n',
  });
  expect((await scenario.run('port', 'web', '81')).stderr).toMatch(
    new RegExp(`^no port 81/tcp for container ${project}-web-1: `),
  );

  const [titles = '', ...processes] = lines(await shown('top', 'web'));
  expect(titles).toMatch(/^SERVICE +# .*(CMD|COMMAND)$/);
  expect(processes.map((line) => line.split(/ +/).slice(0, 2))).toEqual([
    ['web', '1'],
    ['web', '2'],
  ]);
  expect(await shown('top', 'job')).toBe('');
});

test('stats once and again and again; events from the past and as they happen', async () => {
  const scenario = await openProject();
  const { project } = scenario;
  const { stdout } = await scenario.succeed('stats', '--no-stream', '--all', '--no-trunc');
  const [header = '', ...rows] = lines(stdout);
  expect(columns(header)).toEqual([
    'CONTAINER ID',
    'NAME',
    'CPU %',
    'MEM USAGE / LIMIT',
    'MEM %',
    'NET I/O',
    'BLOCK I/O',
    'PIDS',
  ]);
  expect(new Set(rows.map((row) => columns(row)[1]))).toEqual(
    new Set([`${project}-job-1`, `${project}-web-1`, `${project}-web-2`]),
  );
  expect(columns(rows[0] ?? '')[0]).toMatch(/^[0-9a-f]{64}$/);

  const watching = scenario.start('stats', '--format', 'json', 'web');
  await watching.until('stdout', /(?:.*"Name".*\n){5}/);
  watching.signal('SIGINT');
  expect((await watching.ended).exitCode).toBe(130);

  const hearing = scenario.start('events', '--json', '--since', '10m', 'web');
  await hearing.until('stdout', /"action":"start"/);
  await scenario.succeed('down');
  await hearing.until('stdout', /"action":"die"(?:.|\n)*"action":"die"/);
  hearing.signal('SIGTERM');
  const { exitCode, stdout: heard } = await hearing.ended;
  expect(exitCode).toBe(130);
  const events = lines(heard).map((line) => JSON.parse(line) as { readonly action: string; readonly service: string });
  expect(events.every(({ service }) => service === 'web')).toBe(true);
  expect(events.filter(({ action }) => action === 'start')).toHaveLength(2);
  const past = await scenario.succeed('-p', project, 'events', '--since', '10m', '--until', '0s');
  // Which event comes first is up to the engine, which forgets all but the last 256 of all its containers.
  expect(past.stdout).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6} container \w+ [0-9a-f]{64} \(.*name=.*\)\n\n/);
  expect(past.stdout).toMatch(/ container destroy [0-9a-f]{64} /);
});
