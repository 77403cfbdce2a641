import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isAddress } from '../../../src/project/ip-address.ts';

it.each([
  '0.0.0.0',
  '127.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '1::',
  'fe80::1:2',
  '1:2:3:4:5:6:7:8',
  '::ffff:1.2.3.4',
  '64:FF9B::1.2.3.4',
])('takes %s for an address', (text) => {
  expect(isAddress(text)).toBe(true);
});

it.each([
  '',
  'localhost',
  '1.2.3',
  '1.2.3.4.5',
  '256.1.1.1',
  '01.2.3.4',
  '1.2.3.4/8',
  '[::1]',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '12345::',
  '::g',
  'fe80::1%eth0',
])('does not take %j for an address', (text) => {
  expect(isAddress(text)).toBe(false);
});

it('takes every address of the two families', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      expect(isAddress(address)).toBe(true);
    }),
  );
});
