import { expect, test } from 'vitest';
import { type ProxyEnvironment, proxyFor } from '../../../src/registry/proxy-for.ts';

function proxyOf(environment: ProxyEnvironment, url = 'https://registry.example.com/v2/'): string | undefined {
  return proxyFor(new URL(url), environment)?.href;
}

test.each<[ProxyEnvironment, string | undefined]>([
  [{}, undefined],
  [{ HTTPS_PROXY: '' }, undefined],
  [{ HTTPS_PROXY: 'http://proxy:3128' }, 'http://proxy:3128/'],
  [{ https_proxy: 'proxy:3128' }, 'http://proxy:3128/'],
  [{ HTTPS_PROXY: 'socks5://proxy:1080' }, undefined],
  [{ HTTPS_PROXY: 'http://' }, undefined],
  [{ HTTP_PROXY: 'http://proxy' }, undefined],
])('the proxy of %j is %s', (environment, proxy) => {
  expect(proxyOf(environment)).toBe(proxy);
});

test.each([
  ['*', true],
  ['example.com', true],
  ['.example.com', true],
  ['*.example.com', true],
  ['other, Registry.Example.com', true],
  ['registry.example.com:443', true],
  ['registry.example.com:5000', false],
  ['.registry.example.com', false],
  ['ple.com', false],
  ['example', false],
  [' , ', false],
])('NO_PROXY=%j makes an exception: %s', (exceptions, isException) => {
  expect(proxyOf({ HTTPS_PROXY: 'http://proxy', NO_PROXY: exceptions }) === undefined).toBe(isException);
});
