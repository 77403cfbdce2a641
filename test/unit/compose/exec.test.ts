import { describe, expect, test } from 'vitest';
import { exec, execDetached } from '../../../src/compose/exec.ts';
import { up } from '../../../src/compose/up.ts';
import type { ExecRequest } from '../../../src/engine/engine.ts';
import { type Laboratory, laboratory } from './laboratory.ts';

/** A project with two replicas and a one-off, and what was executed where. */
async function running(): Promise<Laboratory & { readonly executed: (readonly [string, ExecRequest])[] }> {
  const lab = laboratory();
  const executed: (readonly [string, ExecRequest])[] = [];
  lab.engine.control.onExec(({ name }, request) => {
    executed.push([name, request]);
    return { exitCode: 7, stdout: 'said' };
  });
  await up(
    lab.ports,
    await lab.project('name: p\nservices: {web: {image: app, scale: 2}, off: {image: app, scale: 0}}'),
  );
  const labels = (service: string) => ({
    'com.docker.compose.project': 'p',
    'com.docker.compose.service': service,
    'com.docker.compose.config-hash': 'x',
    'com.docker.compose.oneoff': 'True',
  });
  for (const service of ['web', 'off']) {
    const body = { Image: 'app', Labels: labels(service) };
    const { id } = await lab.engine.containers.create({ name: `p-${service}-run-1`, body });
    await lab.engine.containers.start(id);
  }
  return { ...lab, executed };
}

describe('exec', () => {
  test('runs in the lowest replica with what it was told', async () => {
    const { ports, executed } = await running();
    const process = await exec(ports, 'p', {
      service: 'web',
      command: ['sh', '-c', 'x'],
      user: 'me',
      workingDirectory: '/w',
      environment: ['A=b'],
      privileged: true,
      terminal: true,
      size: { columns: 80, rows: 24 },
      input: true,
      detachKeys: 'a',
    });
    expect(process.terminal).toBe(true);
    for await (const { data } of process.output) expect(new TextDecoder().decode(data)).toBe('said');
    expect(await process.exitCode()).toBe(7);
    const request = {
      Cmd: ['sh', '-c', 'x'],
      Tty: true,
      AttachStdin: true,
      Privileged: true,
      User: 'me',
      WorkingDir: '/w',
      Env: ['A=b'],
      ConsoleSize: [24, 80],
      DetachKeys: 'a',
    };
    expect(executed).toEqual([['p-web-1', request]]);
  });

  test('a number chooses the replica, and a one-off is taken where there is none', async () => {
    const { ports, executed } = await running();
    await execDetached(ports, 'p', { service: 'web', command: ['a'], index: 2 });
    await execDetached(ports, 'p', { service: 'off', command: ['b'] });
    expect(executed.map(([name]) => name)).toEqual(['p-web-2', 'p-off-run-1']);
  });
});
