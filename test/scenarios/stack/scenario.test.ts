import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isTopsailError } from '../../../src/diagnostics/topsail-error.ts';
import { type StackOptions, up } from '../../../src/testing/index.ts';
import { ofProject, readEngine } from '../harness/engine-api.ts';
import { controlGroupsNeeded, engineKind } from '../harness/engine-kind.ts';

const file = join(import.meta.dirname, 'compose.yaml');
const images = {
  TOPSAIL_TEST_BUSYBOX: process.env['TOPSAIL_TEST_BUSYBOX'] ?? 'busybox:latest',
  TOPSAIL_TEST_NODE: process.env['TOPSAIL_TEST_NODE'] ?? 'node:20-alpine',
};
const options = (env: StackOptions['env'] = {}): StackOptions => ({ env: { ...images, ...env } });

test('two stacks of one file with fixed ports and names run side by side, each answers, and each leaves nothing', async () => {
  const names: string[] = [];
  {
    await using one = await up(file, options({ GREETING: 'one' }));
    await using two = await up(file, options({ GREETING: 'two' }));
    names.push(one.name, two.name);
    expect(await (await fetch(one.service('web').url(8080))).text()).toBe('one');
    expect(await (await fetch(two.service('web').url(8080))).text()).toBe('two');
    expect(one.services.toSorted()).toEqual(['inner', 'job', 'store', 'web']);
  }
  for (const name of names) expect(await leftovers(name)).toEqual([]);
});

test('what a service says and does can be asked for', async () => {
  await using stack = await up(file, options());
  const store = stack.service('store');
  expect(store.endpoint(5432).published).toBe(true);
  expect(store.port(5432)).not.toBe(15432);
  const inner = stack.service('inner');
  const { rootless: isRootless } = await engineKind();
  if (isRootless) {
    expect(() => inner.url(8080)).toThrow('port 8080 of service "inner" cannot be reached from here');
  } else {
    expect(await (await fetch(inner.url(8080))).text()).toBe('inner');
    expect(inner.endpoint(8080)).toMatchObject({ port: 8080, published: false });
    expect(inner.host).toBe(inner.endpoint(8080).host);
  }
  expect(await stack.service('job').waitFor({ exit: 0 })).toBe(0);
  const said = await store.exec(['sh', '-c', 'cat; echo err >&2; echo $A; exit 3'], {
    input: 'in\n',
    environment: { A: 'a' },
  });
  expect(said).toEqual({ exitCode: 3, stdout: 'in\na\n', stderr: 'err\n' });
  const lines: string[] = [];
  for await (const line of store.logs()) lines.push(line.text);
  expect(lines).toEqual(['listening']);
  await store.waitFor({ log: /^LISTEN/gi });
  await store.waitFor({ log: 'listening' });
  const inTime = store.waitFor({ tcp: 1 }, { timeout: 500 });
  await expect(inTime).rejects.toThrow(isRootless ? /timed out|cannot be reached from here/ : /"store" timed out/);
});

test('files go in and come out, as paths and as contents, whether the service runs or not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-stack-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await using stack = await up({
    services: {
      store: {
        image: images.TOPSAIL_TEST_BUSYBOX,
        command: ['sleep', '99'],
        stop_signal: 'SIGKILL',
        scale: 2,
        volumes: ['/data'],
      },
    },
  });
  const store = stack.service('store');
  await store.copyIn({ content: 'größer', mode: 0o600 }, '/data/made/here/one');
  await store.copyIn({ content: Buffer.from([0, 255]) }, '/data/two', { index: 2 });
  const { stdout } = await store.exec([
    'sh',
    '-c',
    'stat -c %a /data/made/here/one; ls /data; ln -s one /data/made/here/link',
  ]);
  expect(stdout).toBe('600\nmade\n');
  expect((await store.copyOut('/data/made/here/link')).toString()).toBe('größer');
  expect([...(await store.copyOut('/data/two', undefined, { index: 2 }))]).toEqual([0, 255]);
  await expect(store.copyOut('/data')).rejects.toThrow('/data is no file');
  await expect(store.copyIn({ content: '' }, '/data/')).rejects.toThrow('/data/ names a folder');
  await store.stop();
  await store.copyOut('/data/made/.', folder);
  expect(await readFile(join(folder, 'here/one'), 'utf8')).toBe('größer');
  await store.copyIn(join(folder, 'here'), '/data', { index: 1 });
  await store.start();
  expect((await store.exec(['cat', '/data/here/one'])).stdout).toBe('größer');
});

test('a misspelt service and network are errors that name the near one', async () => {
  await using stack = await up({
    services: { store: { image: images.TOPSAIL_TEST_BUSYBOX, command: ['sleep', '99'], stop_signal: 'SIGKILL' } },
  });
  const error: unknown = await Promise.resolve()
    .then(() => stack.service('stroe' as 'store'))
    .catch((thrown: unknown) => thrown);
  if (!isTopsailError(error)) throw error;
  expect([error.code, error.message, ...error.details]).toEqual([
    'no-such-service',
    'no such service: stroe',
    'did you mean store?',
  ]);
  await expect(stack.service('store').disconnect('defualt')).rejects.toThrow('no such network: defualt');
});

test('a service is stopped, started, killed and restarted; what it was given is kept', async () => {
  await using stack = await up(file, options());
  const web = stack.service('web');
  const { Id: id } = await web.inspect();
  await web.stop();
  expect(() => web.url(8080)).toThrow('port 8080 of service "web" cannot be reached from here');
  await web.start();
  expect((await web.inspect()).Id).toBe(id);
  await web.waitFor({ http: { port: 8080 } });
  await web.kill();
  expect(await web.waitFor({ exit: 'any' })).toBe(137);
  await web.start();
  await web.restart();
  await web.waitFor({ http: { port: 8080 } });
});

test('a service is paused and limited while it runs; heal undoes the limits', async ({ skip }) => {
  const { podman, withoutControlGroups } = await engineKind();
  skip(withoutControlGroups, controlGroupsNeeded);
  await using stack = await up(file, options());
  const web = stack.service('web');
  await web.pause();
  expect((await web.inspect()).State.Status).toBe('paused');
  await web.unpause();
  await web.waitFor({ http: { port: 8080 } });
  const refusal: unknown = await web.limit({ cpus: 0.25, memory: '48M' }).then(
    () => undefined,
    (error: unknown) => error,
  );
  // Podman changes limits since its version 5.
  if (podman && refusal !== undefined) {
    expect(refusal).toMatchObject({ code: 'fault-impossible' });
    return;
  }
  expect(refusal).toBeUndefined();
  expect((await web.inspect()).HostConfig).toMatchObject({ NanoCpus: 250_000_000, Memory: 48 * 1024 ** 2 });
  await stack.heal();
  expect((await web.inspect()).HostConfig.NanoCpus).toBeGreaterThanOrEqual(1_000_000_000);
});

test('a service is taken off its network and put back; a partition keeps two apart and no others; heal undoes all', async () => {
  await using stack = await up(file, options());
  const reaches = async (from: string, to: string): Promise<boolean> => {
    const script = `require('net').connect({host:'${to}',port:8080}).on('connect',()=>process.exit(0)).on('error',()=>process.exit(1)); setTimeout(()=>process.exit(1),1500)`;
    return (await stack.service(from).exec(['node', '-e', script])).exitCode === 0;
  };
  const web = stack.service('web');
  await web.waitFor({ tcp: 8080 });
  expect(await reaches('inner', 'web')).toBe(true);
  await web.disconnect();
  expect(await reaches('inner', 'web')).toBe(false);
  await web.reconnect();
  expect(await reaches('inner', 'web')).toBe(true);
  await stack.partition(['web'], ['inner']);
  expect([
    await reaches('inner', 'web'),
    await reaches('web', 'inner'),
    await reaches('store', 'web'),
    await reaches('store', 'inner'),
  ]).toEqual([false, false, true, true]);
  await stack.heal();
  expect([await reaches('inner', 'web'), await reaches('web', 'inner')]).toEqual([true, true]);
});

test('a start that fails throws one error with the whole diagnosis and leaves nothing behind', async () => {
  let name = '';
  const onEvent: StackOptions['onEvent'] = (event) => {
    if (event.type === 'plan') name = event.project;
  };
  const failing = options({ JOB_EXIT: '3', JOB_SAYS: 'no such table' });
  await expect(up(file, { ...failing, onEvent })).rejects.toThrow(/"job".*3[^]*no such table/);
  expect(await leftovers(name)).toEqual([]);
});

test('what takes too long names what was waited for', async () => {
  const image = images.TOPSAIL_TEST_BUSYBOX;
  const deaf = {
    image,
    command: ['sleep', '99'],
    stop_signal: 'SIGKILL',
    ports: ['80'],
    'x-topsail': { ready: { tcp: 80 } },
  };
  await expect(up({ services: { deaf } }, { timeout: 2000 })).rejects.toThrow(/service "deaf" timed out/);
});

async function leftovers(project: string): Promise<readonly unknown[]> {
  const [containers, networks, { Volumes: volumes }] = await Promise.all([
    readEngine<readonly unknown[]>(`/containers/json?all=1&${ofProject(project)}`),
    readEngine<readonly unknown[]>(`/networks?${ofProject(project)}`),
    readEngine<{ readonly Volumes: readonly unknown[] | null }>(`/volumes?${ofProject(project)}`),
  ]);
  return [...containers, ...networks, ...(volumes ?? [])];
}
