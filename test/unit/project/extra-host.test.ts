import { expect, it } from 'vitest';
import { makeExtraHost, parseExtraHost } from '../../../src/project/extra-host.ts';

it.each([
  ['h=1.2.3.4', { host: 'h', addresses: ['1.2.3.4'] }],
  ['h:1.2.3.4', { host: 'h', addresses: ['1.2.3.4'] }],
  ['h=::1', { host: 'h', addresses: ['::1'] }],
  ['h:[::1]', { host: 'h', addresses: ['::1'] }],
  ['h=1.1.1.1,2.2.2.2', { host: 'h', addresses: ['1.1.1.1', '2.2.2.2'] }],
  ['h:x=host-gateway', undefined],
])('reads %s', (text, host) => {
  if (host === undefined) expect(() => parseExtraHost(text)).toThrow("bad host name 'h:x'");
  else expect(parseExtraHost(text)).toEqual(host);
});

it('refuses a host without address', () => {
  expect(() => parseExtraHost('lonely')).toThrow('invalid additional host, missing IP: lonely');
});

it('refuses an empty host', () => {
  expect(() => makeExtraHost('', ['1.1.1.1'])).toThrow("bad host name ''");
});
