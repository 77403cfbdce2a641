import { expect, test } from 'vitest';
import { desiredState } from '../../../src/state/derive-desired-state.ts';
import { projectOf, type ServiceSketch } from './project-of.ts';

test.each<readonly [ServiceSketch, boolean]>([
  [{}, false],
  [{ restart: 'no' }, false],
  [{ restart: 'always' }, true],
  [{ restart: 'unless-stopped' }, true],
  [{ restart: 'on-failure' }, true],
  [{ restart: 'on-failure:3' }, false],
])('%j starts a failed container again each time: %j', (service, expected) => {
  const { services } = desiredState(projectOf({ services: { web: service } }), { toolVersion: '0.1.0' });
  expect(services[0]?.restarts).toBe(expected);
});
