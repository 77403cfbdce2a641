import { expect, it } from 'vitest';
import { desire } from '../../../src/compose/prepare-up.ts';
import { projectOf } from '../../fakes/load-compose.ts';

const file = 'services: {a: {build: .}}';

it.each([
  ['no word', {}, {}, '-'],
  ['the flag', {}, { compatibility: true }, '_'],
  ['the variable', { COMPOSE_COMPATIBILITY: '1' }, {}, '_'],
  ['the variable switched off', { COMPOSE_COMPATIBILITY: 'false' }, {}, '-'],
])('names are joined as with %s', async (_, environment, inputs, separator) => {
  const { services, networks } = await desire(await projectOf(file, { request: { environment } }), inputs);
  expect(services.map(({ namePrefix, image }) => [namePrefix, image])).toEqual([
    [`proj${separator}a${separator}`, `proj${separator}a`],
  ]);
  expect(networks.map(({ name }) => name)).toEqual(['proj_default']);
});
