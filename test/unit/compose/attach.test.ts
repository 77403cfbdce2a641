import { describe, expect, test } from 'vitest';
import { attach } from '../../../src/compose/attach.ts';
import { up } from '../../../src/compose/up.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { laboratory } from './laboratory.ts';

const text = `
name: p
services:
  open: {image: app, stdin_open: true, tty: true}
  shut: {image: app}
`;

describe('attach', () => {
  test('passes on what is written, and has the exit code', async () => {
    const lab = laboratory();
    await up(lab.ports, await lab.project(text));
    const container = await attach(lab.ports, 'p', { service: 'open', input: true, detachKeys: 'a' });
    expect(container).toMatchObject({ terminal: true, input: true });
    await container.write(new TextEncoder().encode('typed'));
    await container.end();
    expect(lab.engine.control.input.map(({ container: name }) => name)).toEqual(['p-open-1']);
    lab.engine.control.exit('p-open-1', 7);
    expect(await container.exitCode()).toBe(7);
  });

  test('a container without an open input gets none', async () => {
    const lab = laboratory();
    await up(lab.ports, await lab.project(text));
    expect(await attach(lab.ports, 'p', { service: 'shut', input: true })).toMatchObject({
      terminal: false,
      input: false,
    });
  });

  test('a paused container is refused as Docker Compose does', async () => {
    const lab = laboratory();
    await up(lab.ports, await lab.project(text));
    await lab.engine.containers.pause('p-open-1');
    await expect(attach(lab.ports, 'p', { service: 'open' })).rejects.toThrow(
      'You cannot attach to a paused container, unpause it first',
    );
  });

  test('a container that ends before it is attached to is not waited for', async () => {
    const lab = laboratory();
    await up(lab.ports, await lab.project(text));
    const { containers } = lab.engine;
    const late: Engine = {
      ...lab.engine,
      containers: {
        ...containers,
        attach: (id, request, call) => {
          lab.engine.control.exit('p-open-1', 0);
          return containers.attach(id, request, call);
        },
      },
    };
    await expect(attach({ ...lab.ports, engine: late }, 'p', { service: 'open' })).rejects.toThrow(
      'You cannot attach to a stopped container, start it first',
    );
  });

  test('needs a container that runs', async () => {
    await expect(attach(laboratory().ports, 'p', { service: 'open' })).rejects.toThrow('service "open" is not running');
  });
});
