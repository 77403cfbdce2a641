import { expect, it } from 'vitest';
import { errorsOf } from '../../fakes/load-compose.ts';

const a = 'services: {a: {image: x}}\n';

it.each([
  [
    `${a}volumes: {v: {external: true, driver: d, labels: [l], x-a: 1, name: n}}`,
    [
      '2:31 volumes.v: conflicting parameters "external" and "driver" specified',
      '2:42 volumes.v: conflicting parameters "external" and "labels" specified',
    ],
  ],
  [
    `${a}configs: {c: {file: f, content: t}}`,
    ['2:14 configs.c: file|environment|content attributes are mutually exclusive'],
  ],
  [`${a}configs: {c: {name: n}}`, ['2:14 configs.c: one of file|environment|content must be set']],
  [
    `${a}secrets: {s: {file: f, environment: E}}`,
    ['2:14 secrets.s: file|environment attributes are mutually exclusive'],
  ],
  [
    'services: {a: {image: x, ports: [{target: 80, host_ip: nowhere}]}}',
    ['1:56 services.a.ports.[0]: invalid ip address: nowhere'],
  ],
  [
    'services: {a: {image: x, ports: [{target: 80, host_ip: ""}]}}',
    ['1:56 services.a.ports.[0]: invalid ip address: '],
  ],
  [
    'services: {a: {image: x, volumes: [{type: bind, target: /x}]}}',
    ['1:36 services.a.volumes.[0]: invalid mount config for type "bind": field Source must not be empty'],
  ],
  [
    'services: {a: {image: x, ports: [{published: 1}], volumes: [{type: tmpfs}], devices: [{source: /dev/x}]}}',
    [
      '1:34 services.a.ports.0: service ports is missing a target port',
      '1:61 services.a.volumes.0: service volume is missing a mount target',
      '1:87 services.a.devices.0: service device is missing a mount target',
    ],
  ],
  [
    'services: {a: {image: x, develop: {watch: [{path: "", action: rebuild}]}}}',
    ["1:51 services.a.develop.watch.0.path: value can't be blank"],
  ],
  [
    'services: {a: {image: x, gpus: [{count: 1, device_ids: [a]}]}}',
    ['1:33 services.a.gpus.[0]: "count" and "device_ids" attributes are exclusive'],
  ],
])('finds every contradiction in %s', async (text, errors) => {
  expect(await errorsOf(text)).toEqual(errors);
});

it('says several independent things at once', async () => {
  const text = `services:
  a: {image: x, ports: [http], volumes: [data:/d], mem_limit: 5q}
  b: {command: "echo 'x", depends_on: [c]}
configs: {c: {}}`;
  expect(await errorsOf(text)).toEqual([
    '2:25 services.a.ports.0: Invalid containerPort: http',
    '2:42 service "a" refers to undefined volume data',
    "2:63 services.a.mem_limit: invalid suffix: 'q'",
    '3:3 service "b" has neither an image nor a build context specified',
    '3:16 services.b.command: invalid command line string',
    '3:40 service "b" depends on undefined service "c"',
    '4:14 configs.c: one of file|environment|content must be set',
  ]);
});

it('looks for targets also where nothing is interpolated, and for bind sources only where paths are resolved', async () => {
  const text = 'services: {a: {image: x, volumes: [{type: bind}]}}';
  expect(await errorsOf(text, { request: { interpolate: false, resolvePaths: false } })).toEqual([
    '1:36 services.a.volumes.0: service volume is missing a mount target',
  ]);
});
