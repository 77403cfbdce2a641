import { describe, expect, test } from 'vitest';
import { createOneOff, type OneOff, type RunOptions } from '../../../src/compose/run.ts';
import { up } from '../../../src/compose/up.ts';
import { EngineError } from '../../../src/engine/engine-error.ts';
import { type Laboratory, laboratory } from './laboratory.ts';

const text = `
name: p
services:
  web: {image: app, depends_on: [db], volumes: ['data:/d'], configs: [c]}
  db: {image: app}
  other: {image: app}
volumes: {data: {}}
configs: {c: {content: text}}
`;

async function create(lab: Laboratory, options: Partial<RunOptions> = {}): Promise<OneOff> {
  return createOneOff(lab.ports, await lab.project(text), { service: 'web', overrides: {}, ...options });
}

async function names(lab: Laboratory): Promise<readonly string[]> {
  const rows = await lab.engine.containers.list({ all: true });
  return rows.map(({ Names, State }) => `${Names[0] ?? ''} ${State}`).toSorted();
}

describe('createOneOff', () => {
  test('brings up what the service needs and creates one container, with its files', async () => {
    const lab = laboratory();
    const oneOff = await create(lab);
    expect(await names(lab)).toEqual(['/p-db-1 running', expect.stringMatching(/^\/p-web-run-[0-9a-f]{12} created$/)]);
    expect(lab.engine.control.archives(oneOff.id)).toHaveLength(1);
    const { Config } = await lab.engine.containers.inspect(oneOff.id);
    expect(Config.Labels).toMatchObject({ 'com.docker.compose.oneoff': 'True' });
    expect(Config.Labels).not.toHaveProperty('com.docker.compose.container-number');
    expect((await lab.engine.volumes.list({})).map(({ Name }) => Name)).toEqual(['p_data']);
    await oneOff.start();
    expect(await names(lab)).toContainEqual(expect.stringMatching(/web-run-.* running$/));
  });

  test('leaves the containers of the service alone', async () => {
    const lab = laboratory();
    await up(lab.ports, await lab.project(text));
    lab.engine.control.forgetCalls();
    await create(lab, { overrides: { command: ['x'] } });
    expect(lab.engine.control.writes().map((write) => write.split(' ')[0])).toEqual([
      'containers.create',
      'containers.putArchive',
    ]);
  });

  test('without dependencies it is alone', async () => {
    const lab = laboratory();
    await create(lab, { withoutDependencies: true, name: 'mine' });
    expect(await names(lab)).toEqual(['/mine created']);
  });

  test('has the output of a container that ends at once, and its exit code', async () => {
    const lab = laboratory();
    lab.engine.control.onStart(({ name }) => {
      if (!name.includes('-run-')) return;
      lab.engine.control.write(name, 'said');
      lab.engine.control.exit(name, 7);
    });
    const oneOff = await create(lab, { autoRemove: true });
    const process = await oneOff.attach();
    await oneOff.start();
    const said: string[] = [];
    for await (const { data } of process.output) said.push(new TextDecoder().decode(data));
    expect(said).toEqual(['said']);
    expect(await process.exitCode()).toBe(7);
    expect(await names(lab)).toEqual(['/p-db-1 running']);
  });

  test('a start that fails is told with the service; the container goes if it was to', async () => {
    const lab = laboratory();
    const refuse = (): void =>
      lab.engine.control.fail(
        ({ name, subject }) => name === 'containers.start' && subject.includes('-run-'),
        new EngineError('server', 'no such program'),
      );
    refuse();
    const kept = await create(lab);
    await expect(kept.start()).rejects.toThrow('service "web" could not be started: no such program');
    expect(await names(lab)).toHaveLength(2);
    refuse();
    const removed = await create(lab, { autoRemove: true });
    await expect(removed.start()).rejects.toThrow('no such program');
    expect(await names(lab)).toHaveLength(2);
  });

  test('what was created for a run that is broken off goes again', async () => {
    const lab = laboratory();
    lab.engine.control.fail(({ name }) => name === 'containers.putArchive', new EngineError('server', 'disk full'));
    await expect(create(lab)).rejects.toThrow('disk full');
    expect(await names(lab)).toEqual(['/p-db-1 running']);
  });

  test('an unknown service is refused', async () => {
    await expect(create(laboratory(), { service: 'wbe' })).rejects.toThrow('no such service: wbe');
  });
});
