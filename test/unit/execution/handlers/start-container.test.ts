import { beforeEach, describe, expect, it } from 'vitest';
import type { ContainerCreateRequest } from '../../../../src/engine/container.ts';
import { EngineError } from '../../../../src/engine/engine-error.ts';
import { createHandlerRig, errorText, type HandlerRig } from '../../../fakes/handler-rig.ts';
import { labelsOf, latest } from '../../../fakes/plan-nodes.ts';

let rig: HandlerRig;

beforeEach(() => {
  rig = createHandlerRig();
});

async function container(body: Partial<ContainerCreateRequest> = {}, name = 'shop-web-1'): Promise<string> {
  return (await rig.engine.containers.create({ name, body: { Image: 'busybox', Labels: labelsOf('web'), ...body } }))
    .id;
}

const published = (port: string): Partial<ContainerCreateRequest> => ({
  HostConfig: { PortBindings: { '80/tcp': [{ HostPort: port }] } },
});

describe('start-container', () => {
  it('starts the container', async () => {
    const id = await container();
    expect((await rig.perform({ kind: 'start-container', service: 'web', container: latest('web', id) })).outcome).toBe(
      'done',
    );
    expect((await rig.engine.containers.inspect(id)).State.Running).toBe(true);
  });

  it('waits while two processes have not agreed on one network', async () => {
    const id = await container();
    const words = 'network shop_default is ambiguous (2 matches found on name)';
    rig.engine.control.fail('containers.start shop-web-1', new EngineError('not-found', words), 3);
    const starting = { kind: 'start-container', service: 'web', container: latest('web', id) } as const;
    expect((await rig.perform(starting)).outcome).toBe('done');
    expect((await rig.engine.containers.inspect(id)).State.Running).toBe(true);
  });

  it('names the port that is taken and the container that has it', async () => {
    await rig.engine.containers.start(
      await container(
        { ...published('8080'), Labels: { ...labelsOf('db'), 'com.docker.compose.project': 'other' } },
        'other-db-1',
      ),
    );
    const id = await container(published('8080'));
    expect(
      errorText(await rig.perform({ kind: 'start-container', service: 'web', container: latest('web', id) })),
    ).toEqual(['port-taken', 'service "web" cannot publish port 8080: container other-db-1 of project other uses it']);
  });

  it.each([
    'driver failed programming external connectivity on endpoint x (1a): Bind for 0.0.0.0:8080 failed: port is already allocated',
    'driver failed: Error starting userland proxy: listen tcp4 0.0.0.0:8080: bind: address already in use',
    'failed to bind host port for 0.0.0.0:8080:172.18.0.2:80/tcp: address already in use',
    'failed to bind host port 0.0.0.0:8080/tcp: address already in use',
    'listen tcp [::]:8080: bind: address already in use',
    'rootlessport listen tcp 0.0.0.0:8080: bind: address already in use',
  ])('reads the port from %s', async (sentence) => {
    const id = await container();
    rig.engine.control.fail('containers.start shop-web-1', new EngineError('server', sentence));
    expect(
      errorText(await rig.perform({ kind: 'start-container', service: 'web', container: latest('web', id) })),
    ).toEqual(['port-taken', 'service "web" cannot publish port 8080: another program of the machine uses it']);
  });

  it('tries again when a port of a range was given to another replica at the same moment', async () => {
    const id = await container(published('8000-8010'));
    rig.engine.control.fail(
      'containers.start shop-web-1',
      new EngineError('server', 'Bind for 0.0.0.0:8000 failed: port is already allocated'),
      2,
    );
    expect((await rig.perform({ kind: 'start-container', service: 'web', container: latest('web', id) })).outcome).toBe(
      'done',
    );
  });

  it('leads with the service for every other refusal', async () => {
    const id = await container();
    rig.engine.control.fail(
      'containers.start shop-web-1',
      new EngineError('bad-request', 'exec: "nope": executable file not found in $PATH'),
    );
    expect(
      errorText(await rig.perform({ kind: 'start-container', service: 'web', container: latest('web', id) })),
    ).toEqual([
      'operation-failed',
      'service "web" could not be started: exec: "nope": executable file not found in $PATH',
    ]);
  });

  it('is a fault of ours when there is no container', async () => {
    expect(errorText(await rig.perform({ kind: 'start-container', service: 'web', container: latest('web') }))).toEqual(
      ['no-container', 'do container:web:1 needs container shop-web-1, which nothing has created'],
    );
  });
});
