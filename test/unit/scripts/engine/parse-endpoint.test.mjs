import { expect, test } from 'vitest';
import { parseEndpoint } from '../../../../scripts/engine/parse-endpoint.mjs';

test.each([
  ['unix:///run/docker.sock', undefined, { socketPath: '/run/docker.sock' }],
  ['npipe:////./pipe/docker_engine', undefined, { socketPath: '//./pipe/docker_engine' }],
  ['tcp://build:2300', undefined, { host: 'build', port: 2300 }],
  ['tcp://build', undefined, { host: 'build', port: 2375 }],
  ['tcp://build', '/certificates', { host: 'build', port: 2376, certificates: '/certificates' }],
  ['tcp://[::1]:2375', undefined, { host: '::1', port: 2375 }],
  ['ssh://me@far', undefined, undefined],
])('%s is read', (address, certificates, endpoint) => {
  expect(parseEndpoint(address, certificates)).toEqual(endpoint);
});
