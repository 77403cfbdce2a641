import { expect, test } from 'vitest';
import { desiredState } from '../../../src/state/derive-desired-state.ts';
import { projectOf } from './project-of.ts';

test('options of address management reach the engine, and leave the hash that Docker Compose knows', () => {
  const services = { web: {} };
  const [plain] = desiredState(projectOf({ services }), { toolVersion: '0.1.0' }).networks;
  const [network] = desiredState(projectOf({ services, origin: { addressOptions: { default: { a: 'b' } } } }), {
    toolVersion: '0.1.0',
  }).networks;
  expect(network?.request.IPAM).toEqual({ Options: { a: 'b' } });
  expect(network?.hash).toBe(plain?.hash);
});
