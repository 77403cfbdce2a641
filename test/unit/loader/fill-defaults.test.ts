import { expect, it } from 'vitest';
import { fillDefaults } from '../../../src/loader/fill-defaults.ts';
import { plain, tree } from '../../fakes/document-tree.ts';

it.each([
  ['build: {target: t}', { build: { target: 't', context: '.' } }],
  ['build: {context: x}', { build: { context: 'x' } }],
  [
    'ports: [{target: 1}, {target: 2, mode: host, protocol: udp}]',
    {
      ports: [
        { target: 1, mode: 'ingress', protocol: 'tcp' },
        { target: 2, mode: 'host', protocol: 'udp' },
      ],
    },
  ],
  [
    'secrets: [{source: s}, {source: t, target: x}]',
    {
      secrets: [
        { source: 's', target: '/run/secrets/s' },
        { source: 't', target: 'x' },
      ],
    },
  ],
  ['configs: [{source: c}]', { configs: [{ source: 'c' }] }],
  [
    'gpus: [{driver: d}, {count: 2}, {device_ids: [a]}]',
    {
      gpus: [{ driver: 'd', count: 'all' }, { count: 2 }, { device_ids: ['a'] }],
    },
  ],
  [
    'deploy: {resources: {reservations: {devices: [{capabilities: [gpu]}]}}}',
    {
      deploy: { resources: { reservations: { devices: [{ capabilities: ['gpu'], count: 'all' }] } } },
    },
  ],
  ['restart: always', { restart: 'always' }],
])('fills %s', (attributes, filled) => {
  expect(plain(fillDefaults(tree(`services: {a: {${attributes}}}`)))).toEqual({ services: { a: filled } });
});
