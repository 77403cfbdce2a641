import { expect, it } from 'vitest';
import { EngineError } from '../../../../src/engine/engine-error.ts';
import { createMemoryEngine } from '../../../../src/memory-engine/create-memory-engine.ts';
import { copyProject } from '../../../../src/state/copy-project.ts';
import { createPartitionNetwork } from '../../../../src/testing/faults/partition-network.ts';
import { projectOf } from '../../../fakes/load-compose.ts';

const signal = new AbortController().signal;

async function openCopy() {
  const yaml = [
    'services: {web: {image: app, scale: 40, networks: [back]}}',
    'networks: {back: {internal: true}}',
    'x-topsail: {subnets: [10.77.0.0/16]}',
  ];
  const project = copyProject(await projectOf(yaml.join('\n')), { name: 'review', leased: true });
  const beside = project.networks['back']?.name ?? '';
  return { project, beside, request: { project, hostNetwork: undefined, beside, name: 'apart' } };
}

it('is as large and as closed as the network that it stands beside, of the same ranges, and a part of the stack', async () => {
  const engine = createMemoryEngine();
  const { project, request } = await openCopy();
  const id = await createPartitionNetwork({ engine }, request, signal);
  expect(await engine.networks.inspect(id)).toMatchObject({
    Name: 'apart',
    Internal: true,
    Labels: { 'com.docker.compose.project': project.name, 'dev.topsail.leased': 'true' },
    IPAM: { Config: [{ Subnet: expect.stringMatching(/^10\.77\.\d+\.\d+\/24$/) }] },
  });
});

it('takes another subnet if somebody was faster', async () => {
  const engine = createMemoryEngine();
  const { request } = await openCopy();
  engine.control.fail(
    'networks.create',
    new EngineError('server', 'Pool overlaps with other one on this address space'),
  );
  await createPartitionNetwork({ engine }, request, signal);
  const asked = engine.control.calls
    .filter(({ name }) => name === 'networks.create')
    .map(({ details }) => JSON.stringify(details));
  expect(new Set(asked).size).toBe(2);
});

it('tells what else the engine says', async () => {
  const engine = createMemoryEngine();
  const { request } = await openCopy();
  engine.control.fail('networks.create', new EngineError('server', 'no room'));
  await expect(createPartitionNetwork({ engine }, request, signal)).rejects.toThrow('no room');
});
