import { expect, it } from 'vitest';
import { stackTypes } from '../../../src/compose/stack-types.ts';
import { projectOf } from '../../fakes/load-compose.ts';

const lines = (text: string): readonly string[] => text.split('\n').map((line) => line.trim());

it('names every service with the ports inside its containers, published or exposed', async () => {
  const project = await projectOf(`
services:
  web:
    image: web
    ports: ["127.0.0.1:8080:80", "9000-9001:443-444", {target: 2019}]
    expose: ["8443", "80/tcp", "6000-6002/udp"]
  job: {image: job}
  "a.b": {image: c, expose: ["\${PORT:-7}"]}
`);
  expect(lines(stackTypes(project, ['compose.yaml']))).toEqual(
    expect.arrayContaining([
      'readonly "compose.yaml": {',
      'readonly "a.b": 7;',
      'readonly "job": number;',
      'readonly "web": 80 | 443 | 444 | 2019 | 6000 | 6001 | 6002 | 8443;',
    ]),
  );
});

it('keeps a path that would end its own text', async () => {
  const project = await projectOf('services: {web: {image: web}}');
  expect(lines(stackTypes(project, ['"; evil\n']))).toContain(String.raw`readonly "\"; evil\n": {`);
});

it('takes any port of a service that exposes too many to be written down', async () => {
  const project = await projectOf('services: {web: {image: web, expose: ["1-65535"]}}');
  expect(lines(stackTypes(project, ['compose.yaml']))).toContain('readonly "web": number;');
});
