import { expect, test } from 'vitest';
import { laboratory } from './plan-laboratory.ts';

const chain = {
  services: {
    web: {
      depends_on: { api: { condition: 'service_healthy', required: true } },
      ports: [{ target: 80, published: '80' }],
    },
    api: {
      healthcheck: { test: ['CMD', 'true'] },
      depends_on: {
        db: { condition: 'service_healthy', required: true },
        job: { condition: 'service_completed_successfully', required: true },
      },
      networks: { back: null, default: null },
    },
    db: {
      image: 'db:1',
      healthcheck: { test: ['CMD', 'true'] },
      volumes: [{ type: 'volume', source: 'data', target: '/data' }],
    },
    job: { depends_on: { db: { condition: 'service_started', required: true } } },
  },
  networks: { back: {} },
  volumes: { data: {} },
} as const;

test('a first up', async () => {
  const lab = laboratory({ images: ['busybox'], registry: ['db:1'] });
  expect(await lab.text(chain)).toMatchInlineSnapshot(`
    "pull image:db:1 (not on the engine)
    create network:default (not created yet)
    create network:back (not created yet)
    create volume:data (not created yet)
    create container:db:1 (not created yet) after create network:default, create volume:data, pull image:db:1
    create container:job:1 (not created yet) after create network:default
    create container:api:1 (not created yet) after create network:back, create network:default
    create container:web:1 (not created yet) after create network:default
    start container:db:1 (created) after create container:db:1
    start container:job:1 (created) after create container:job:1, start container:db:1
    wait container:db:1 healthy (api depends on it) after start container:db:1
    wait container:job:1 completed (api depends on it) after start container:job:1
    start container:api:1 (created) after create container:api:1, wait container:db:1 healthy, wait container:job:1 completed
    wait container:api:1 healthy (web depends on it) after start container:api:1
    start container:web:1 (created) after create container:web:1, wait container:api:1 healthy"
  `);
});
