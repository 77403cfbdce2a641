import { expect, it } from 'vitest';
import { errorsOf } from '../../../fakes/load-compose.ts';

it.each([
  [
    'storage_opt: {size: 1.5, a: true, b: [c], d: {e: f}}',
    [
      '1:46 services.a.storage_opt.size: a text is expected, and this is 1.5: quote it',
      '1:54 services.a.storage_opt.a: a text is expected, and this is true: quote it',
      '1:63 services.a.storage_opt.b: a text is expected, and this is a sequence',
      '1:71 services.a.storage_opt.d: a text is expected, and this is a mapping',
    ],
  ],
  [
    'blkio_config: {weight: "5", weight_device: [{path: /d, weight: -1}]}',
    [
      '1:49 services.a.blkio_config.weight: "5" is a text; write it as a number',
      '1:89 services.a.blkio_config.weight_device.0.weight: -1 is below zero',
    ],
  ],
  [
    'deploy: {update_config: {parallelism: -1}, placement: {max_replicas_per_node: -1}}',
    [
      '1:64 services.a.deploy.update_config.parallelism: -1 is below zero',
      '1:104 services.a.deploy.placement.max_replicas_per_node: -1 is below zero',
    ],
  ],
  [
    "ulimits: {a b: , N: 1.5, M: true, 'c d': [1], e f: 7}",
    ['1:41', '1:46', '1:54', '1:67'].map(
      (place, index) =>
        `${place} services.a.ulimits.${['a b', 'N', 'M', 'c d'][index]}: a limit is a whole number, or a mapping of soft and hard`,
    ),
  ],
])('refuses what no engine would take in %s', async (attribute, errors) => {
  expect(await errorsOf(`services: {a: {image: x, ${attribute}}}`)).toEqual(errors);
});
