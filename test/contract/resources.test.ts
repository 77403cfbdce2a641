import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { isSubnetRefusal } from '../../src/execution/engine-refusals.ts';
import { enginesUnderTest, removeLeftovers, runId, runLabel, runLabels } from './engines-under-test.ts';
import { scripts, shell } from './memory-processes.ts';
import { newName } from './run-containers.ts';

const engines = await enginesUnderTest();
describe.each(engines)('networks, volumes and images on $name', ({ connect, image }) => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await connect();
  });

  afterAll(async () => {
    await removeLeftovers(engine);
    await engine.close();
  });

  async function member(network: string): Promise<string> {
    const { id } = await engine.containers.create({
      name: newName(),
      body: {
        Image: image,
        Cmd: shell(scripts.wait),
        Labels: runLabels,
        HostConfig: { NetworkMode: network },
        NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: ['web'] } } },
      },
    });
    await engine.containers.start(id);
    return id;
  }

  test('the description names the API version in use', () => {
    expect(engine.description.apiVersion).toMatch(/^1\.\d+$/);
    expect(Number(engine.description.apiVersion.split('.')[1])).toBeLessThanOrEqual(51);
    expect(engine.description.version).not.toBe('');
  });

  test('the information tells the storage and control group facts', async () => {
    const information = await engine.information();
    expect(information.cgroupVersion).toMatch(/^v?[12]$/);
    expect(information.storageDriver).toEqual(expect.any(String));
    expect(information.rootless).toEqual(expect.any(Boolean));
  });

  test('a network is found by label and by name', async () => {
    const name = newName();
    const { id } = await engine.networks.create({
      Name: name,
      Driver: 'bridge',
      Labels: { ...runLabels, which: name },
    });
    expect(await engine.networks.list({ labels: [`which=${name}`] })).toMatchObject([{ Id: id, Name: name }]);
    expect(await engine.networks.list({ names: [name] })).toMatchObject([{ Id: id }]);
    expect(await engine.networks.inspect(id)).toMatchObject({
      Id: id,
      Name: name,
      Driver: 'bridge',
      Labels: { which: name },
    });
    expect((await engine.networks.inspect(name)).Id).toBe(id);
    await engine.networks.remove(id);
    await expect(engine.networks.inspect(id)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(engine.networks.remove(id)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('a name that exists gives a second network or a conflict', async () => {
    const name = newName();
    const first = await engine.networks.create({ Name: name, Labels: runLabels });
    const second = await engine.networks.create({ Name: name, Labels: runLabels }).catch((error: unknown) => error);
    if (second instanceof Error) expect(second).toMatchObject({ kind: 'conflict' });
    else expect(second).not.toMatchObject({ id: first.id });
  });

  test('a subnet that overlaps with that of another network is refused in words that say so', async () => {
    const block = (Subnet: string) => ({ Name: newName(), Labels: runLabels, IPAM: { Config: [{ Subnet }] } });
    const { id } = await engine.networks.create(block('10.254.253.0/26'));
    expect((await engine.networks.inspect(id)).IPAM?.Config?.[0]?.Subnet).toBe('10.254.253.0/26');
    const refused = await engine.networks.create(block('10.254.252.0/23')).catch((error: unknown) => error);
    expect(isSubnetRefusal(refused)).toBe(true);
    await engine.networks.remove(id);
  });

  test('a network with running members is in use', async () => {
    const name = newName();
    const { id } = await engine.networks.create({ Name: name, Labels: runLabels });
    const container = await member(name);
    const inspect = await engine.containers.inspect(container);
    expect(inspect.NetworkSettings.Networks[name]).toMatchObject({ NetworkID: id });
    expect(inspect.NetworkSettings.Networks[name]?.Aliases).toContain('web');
    expect(Object.keys((await engine.networks.inspect(id)).Containers ?? {})).toEqual([container]);
    await expect(engine.networks.remove(id)).rejects.toMatchObject({ kind: 'conflict' });
    await engine.containers.remove(container, { force: true });
    await engine.networks.remove(id);
  });

  test('a running container joins and leaves a second network', async () => {
    const [one, two] = [newName(), newName()];
    await engine.networks.create({ Name: one, Labels: runLabels });
    const { id } = await engine.networks.create({ Name: two, Labels: runLabels });
    const container = await member(one);
    await engine.networks.connect(id, container, { Aliases: ['other'] });
    const joined = (await engine.containers.inspect(container)).NetworkSettings.Networks;
    expect(Object.keys(joined).toSorted()).toEqual([one, two].toSorted());
    expect(joined[two]?.Aliases).toContain('other');
    await engine.networks.disconnect(id, container, true);
    expect(Object.keys((await engine.containers.inspect(container)).NetworkSettings.Networks)).toEqual([one]);
  });

  test('a start on a network that is gone fails', async () => {
    const name = newName();
    const { id } = await engine.networks.create({ Name: name, Labels: runLabels });
    const container = await member(name);
    await engine.containers.stop(container, { timeoutSeconds: 5 });
    const removal = await Promise.allSettled([engine.networks.remove(id)]);
    // Podman keeps a network that a stopped container names.
    if (removal[0].status === 'fulfilled') {
      await expect(engine.containers.start(container)).rejects.toMatchObject({ code: /^engine-/ });
    } else {
      expect(removal[0].reason).toMatchObject({ kind: 'conflict' });
    }
  });

  test('a volume that exists keeps its labels', async () => {
    const name = newName();
    await engine.volumes.create({ Name: name, Labels: { ...runLabels, first: 'yes' } });
    const again = await engine.volumes
      .create({ Name: name, Labels: { second: 'yes' } })
      .catch((error: unknown) => error);
    if (again instanceof Error) expect(again).toMatchObject({ kind: 'conflict' });
    expect(await engine.volumes.inspect(name)).toMatchObject({ Name: name, Driver: 'local', Labels: { first: 'yes' } });
    expect(await engine.volumes.list({ labels: [runLabel, 'first=yes'] })).toMatchObject([{ Name: name }]);
    await engine.volumes.remove(name, false);
    await expect(engine.volumes.inspect(name)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(engine.volumes.remove(name, false)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('a volume that a container mounts is in use', async () => {
    const name = newName();
    await engine.volumes.create({ Name: name, Labels: runLabels });
    const { id } = await engine.containers.create({
      name: newName(),
      body: {
        Image: image,
        Labels: runLabels,
        HostConfig: { Mounts: [{ Type: 'volume', Source: name, Target: '/data' }] },
      },
    });
    await expect(engine.volumes.remove(name, false)).rejects.toMatchObject({ kind: 'conflict' });
    await engine.containers.remove(id);
    await engine.volumes.remove(name, false);
  });

  test('an image is found by name and by id', async () => {
    const inspect = await engine.images.inspect(image);
    expect((await engine.images.inspect(inspect.Id)).Id).toBe(inspect.Id);
    expect((await engine.images.list({})).map(({ Id }) => Id)).toContain(inspect.Id);
    await expect(engine.images.inspect(`${runId}/none:1`)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('a pull of what no registry has fails', async () => {
    await expect(async () => {
      for await (const _ of engine.images.pull(`localhost:1/${runId}/none:1`)) continue;
    }).rejects.toMatchObject({ name: 'TopsailError', code: expect.stringMatching(/^engine-/) });
  });

  test('an image gets a further name, and the time of its last one', async ({ skip }) => {
    const name = `topsail-contract/${runId}:1`;
    const { Id } = await engine.images.inspect(image);
    await engine.images.tag(image, name);
    const first = await engine.images.inspect(name);
    expect(first.Id).toBe(Id);
    // Podman names the registry too.
    expect(first.RepoTags?.map((tag) => tag.replace(/^(localhost|docker\.io)\//, ''))).toContain(name);
    await engine.images.tag(name, name);
    const again = await engine.images.inspect(name);
    await engine.images.remove(name);
    if (engine.description.product === 'podman') return skip('not available here: Podman keeps no time of names');
    expect(Date.parse(again.Metadata?.LastTagTime ?? '')).toBeGreaterThan(
      Date.parse(first.Metadata?.LastTagTime ?? ''),
    );
    expect((await engine.images.inspect(image)).Id).toBe(Id);
  });

  test('a push of what is not on the engine fails', async () => {
    await expect(async () => {
      for await (const _ of engine.images.push(`localhost:1/${runId}/none:1`)) continue;
    }).rejects.toMatchObject({ kind: 'not-found' });
  });
});
