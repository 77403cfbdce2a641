import { expect, it } from 'vitest';
import { projectOf } from '../../fakes/load-compose.ts';

const text = `services:
  a:
    build: {secrets: [in-build]}
    networks: [used]
    volumes: ["used:/v", "./used-by-path:/p"]
    configs: [used]
    secrets: [used]
    models: [used]
  off: {image: x, profiles: [p], networks: [unused]}
networks: {used: , unused: }
volumes: {used: , unused: , used-by-path: }
configs: {used: {file: c}, unused: {file: c}}
secrets: {used: {file: s}, unused: {file: s}, in-build: {file: s}}
models: {used: {model: m}, unused: {model: m}}
`;

async function kept(allResources: boolean): Promise<readonly (readonly string[])[]> {
  const { networks, volumes, configs, secrets, models } = await projectOf(text, { request: { allResources } });
  return [networks, volumes, configs, secrets, models].map((resources) => Object.keys(resources));
}

it('keeps what enabled services use', async () => {
  expect(await kept(false)).toEqual([['used'], ['used'], ['used'], ['in-build', 'used'], ['used']]);
});

it('keeps everything when told to', async () => {
  expect((await kept(true)).map((names) => names.length)).toEqual([2, 3, 2, 3, 2]);
});
