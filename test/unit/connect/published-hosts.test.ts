import { expect, test } from 'vitest';
import { gatewayOf, publishedHosts } from '../../../src/connect/published-hosts.ts';

test('a remote engine publishes on its own machine', async () => {
  expect(await publishedHosts('tcp://far.example:2376', {})).toEqual(['far.example']);
  expect(await publishedHosts('tcp://[2001:db8::1]:2375', {})).toEqual(['2001:db8::1']);
  expect(await publishedHosts('ssh://me@far.example:22', {})).toEqual(['far.example']);
});

test('a local engine publishes on this machine', async () => {
  expect((await publishedHosts('unix:///var/run/docker.sock', {})).at(-1)).toBe('127.0.0.1');
});

test('TOPSAIL_ENGINE_HOST has the last word', async () => {
  expect(await publishedHosts('tcp://far.example:2376', { TOPSAIL_ENGINE_HOST: 'near.example' })).toEqual([
    'near.example',
  ]);
});

test('the gateway is that of the default route', () => {
  const head = 'Iface\tDestination\tGateway \tFlags\n';
  expect(gatewayOf(`${head}eth0\t000011AC\t00000000\t0001\neth0\t00000000\t010011AC\t0003\n`)).toBe('172.17.0.1');
  expect(gatewayOf(head)).toBeUndefined();
  expect(gatewayOf('')).toBeUndefined();
});
