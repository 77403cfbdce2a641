import { describe, expect, it } from 'vitest';
import { errorsOf, serviceOf } from '../fakes/load-compose.ts';

const others = 'b: {image: y}, c: {image: z}';

describe('depends_on', () => {
  it.each([
    ['depends_on: [b]', { b: { condition: 'service_started', required: true } }],
    [
      'depends_on: {b: {condition: service_healthy, restart: "true"}, c: {condition: service_completed_successfully, required: false}}',
      {
        b: { condition: 'service_healthy', restart: true, required: true },
        c: { condition: 'service_completed_successfully', required: false },
      },
    ],
    [
      'links: ["b:alias"], depends_on: [c]',
      {
        b: { condition: 'service_started', restart: true, required: true },
        c: { condition: 'service_started', required: true },
      },
    ],
  ])('reads %s', async (attributes, dependencies) => {
    const service = await serviceOf(`services: {a: {image: x, ${attributes}}, ${others}}`);
    expect(service.depends_on).toEqual(dependencies);
  });

  it.each([
    ['depends_on: b', "1:38 services.a.depends_on must be a list or mapping, but is the text 'b'"],
    ['depends_on: [b, b]', '1:42 services.a.depends_on items at 0 and 1 are equal'],
    ['depends_on: {b: {}}', "1:39 services.a.depends_on.b missing property 'condition'"],
    ['depends_on: {b: }', '1:39 services.a.depends_on.b must be a mapping, but is empty (null)'],
    ['depends_on: [bb]', '1:39 service "a" depends on undefined service "bb"'],
    ['depends_on: [a]', '1:39 dependency cycle detected: a -> a'],
  ])('refuses %s', async (attributes, error) => {
    expect(await errorsOf(`services: {a: {image: x, ${attributes}}, ${others}}`)).toEqual([error]);
  });
});
