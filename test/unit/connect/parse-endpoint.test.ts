import { describe, expect, test } from 'vitest';
import { parseEndpoint } from '../../../src/connect/parse-endpoint.ts';
import { endpointText } from '../../../src/engine/endpoint.ts';

const tls = { verify: true, ca: 'ca' };

describe('parseEndpoint', () => {
  test.each([
    ['unix:///run/docker.sock', { kind: 'unix', path: '/run/docker.sock' }],
    ['unix://', { kind: 'unix', path: '/var/run/docker.sock' }],
    ['npipe:////./pipe/docker_engine', { kind: 'npipe', path: '//./pipe/docker_engine' }],
    ['tcp://10.0.0.1:1234', { kind: 'tcp', host: '10.0.0.1', port: 1234 }],
    ['tcp://engine', { kind: 'tcp', host: 'engine', port: 2375 }],
    ['tcp://[::1]:1234', { kind: 'tcp', host: '::1', port: 1234 }],
    ['http://engine:80/', { kind: 'tcp', host: 'engine', port: 80 }],
    ['https://engine', { kind: 'tcp', host: 'engine', port: 2376, tls: { verify: true } }],
    ['engine:1234', { kind: 'tcp', host: 'engine', port: 1234 }],
    ['ssh://engine', { kind: 'ssh', destination: 'engine' }],
    [
      'ssh://me@engine:22/run/docker.sock',
      { kind: 'ssh', destination: 'me@engine', port: 22, path: '/run/docker.sock' },
    ],
  ])('%s', (address, endpoint) => {
    expect(parseEndpoint(address)).toEqual(endpoint);
  });

  test('TLS is for TCP and changes its usual port', () => {
    expect(parseEndpoint('tcp://engine', tls)).toEqual({ kind: 'tcp', host: 'engine', port: 2376, tls });
    expect(parseEndpoint('unix:///x', tls)).toEqual({ kind: 'unix', path: '/x' });
  });

  test.each([
    '',
    'tcp://',
    'ftp://x',
    'npipe://',
    'tcp://a:b',
    'tcp://x:99999',
    'ssh://',
    'ssh://-oProxyCommand=x',
    'ssh://-x@h',
  ])('"%s" is none', (address) => {
    expect(parseEndpoint(address)).toBeUndefined();
  });

  test.each(['unix:///x', 'npipe:////./pipe/x', 'tcp://h:1', 'tcp://[::1]:1', 'ssh://me@h:22/x'])(
    '%s is written back as it was',
    (address) => {
      const endpoint = parseEndpoint(address);
      expect(endpoint === undefined ? undefined : endpointText(endpoint)).toBe(address);
    },
  );
});
