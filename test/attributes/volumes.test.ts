import { describe, expect, it } from 'vitest';
import { itReads, itRefuses } from '../fakes/attribute-tables.ts';
import { projectOf } from '../fakes/load-compose.ts';

describe('volumes of a service', () => {
  itReads([
    ['volumes: [/data]', { volumes: [{ type: 'volume', target: '/data', volume: {} }] }],
    [
      'volumes: ["vol:/v/:ro"]',
      { volumes: [{ type: 'volume', source: 'vol', target: '/v', read_only: true, volume: {} }] },
      'volumes: {vol: }',
    ],
    [
      'volumes: ["./b:/b"]',
      { volumes: [{ type: 'bind', source: '/code/proj/b', target: '/b', bind: { create_host_path: true } }] },
    ],
    [
      'volumes: ["~/b:/b:z"]',
      {
        volumes: [{ type: 'bind', source: '/home/me/b', target: '/b', bind: { create_host_path: true, selinux: 'z' } }],
      },
    ],
    [
      'volumes: [{type: bind, source: ., target: /b, read_only: true, consistency: c, bind: {propagation: p, recursive: enabled}}]',
      {
        volumes: [
          {
            type: 'bind',
            source: '/code/proj',
            target: '/b',
            read_only: true,
            consistency: 'c',
            bind: { propagation: 'p', recursive: 'enabled' },
          },
        ],
      },
    ],
    [
      'volumes: [{type: volume, source: vol, target: /v, volume: {nocopy: true, subpath: s, labels: {a: 1}}}]',
      {
        volumes: [
          { type: 'volume', source: 'vol', target: '/v', volume: { nocopy: true, subpath: 's', labels: { a: '1' } } },
        ],
      },
      'volumes: {vol: }',
    ],
    [
      'volumes: [{type: tmpfs, target: /t, tmpfs: {size: 64m, mode: 0755}}, {type: tmpfs, target: /u, tmpfs: {size: 0}}]',
      {
        volumes: [
          { type: 'tmpfs', target: '/t', tmpfs: { size: '67108864', mode: 493 } },
          { type: 'tmpfs', target: '/u', tmpfs: {} },
        ],
      },
    ],
    [
      'volumes: [{type: image, source: i, target: /i, image: {subpath: s}}]',
      { volumes: [{ type: 'image', source: 'i', target: '/i', image: { subpath: 's' } }] },
    ],
    ['tmpfs: /run', { tmpfs: ['/run'] }],
    ['tmpfs: ["/run:size=1m", /tmp]', { tmpfs: ['/run:size=1m', '/tmp'] }],
    [
      'devices: ["/dev/a:/dev/b:r", {source: s, target: t}]',
      {
        devices: [
          { source: '/dev/a', target: '/dev/b', permissions: 'r' },
          { source: 's', target: 't' },
        ],
      },
    ],
    ['device_cgroup_rules: ["c 1:3 mr"]', { device_cgroup_rules: ['c 1:3 mr'] }],
  ]);
  itRefuses([
    ['volumes: [""]', '11 services.a.volumes.0: invalid empty volume spec'],
    ['volumes: ["vol:/v"]', '11 service "a" refers to undefined volume vol'],
    [
      'volumes: [{type: bind, target: /x}]',
      '11 services.a.volumes.[0]: invalid mount config for type "bind": field Source must not be empty',
    ],
    ['volumes: [{type: volume}]', '11 services.a.volumes.0: service volume is missing a mount target'],
    ['volumes: [{source: a, target: /x}]', "11 services.a.volumes.0 missing property 'type'"],
    [
      'volumes: [{type: tmpfs, target: /x, tmpfs: {mode: "0755"}}]',
      '51 services.a.volumes.0.tmpfs.mode: "0755" is a text; write the mode as a number, such as 0755',
    ],
    ['devices: [a:b:c:d]', '11 services.a.devices.0: confusing device mapping, please use long syntax: a:b:c:d'],
  ]);
});

describe('volumes of the project', () => {
  it('keep their settings', async () => {
    const { volumes } = await projectOf(`services: {a: {image: x, volumes: ["vol:/v", "ext:/e"]}}
volumes:
  vol: {driver: local, driver_opts: {type: none, o: bind, device: ./d, n: 1}, labels: {a: 1}}
  ext: {external: true, name: real}
  unused: {}`);
    expect(JSON.parse(JSON.stringify(volumes))).toEqual({
      ext: { name: 'real', external: true },
      vol: {
        name: 'proj_vol',
        driver: 'local',
        driver_opts: { device: '/code/proj/d', n: '1', o: 'bind', type: 'none' },
        labels: { a: '1' },
      },
    });
  });
});
