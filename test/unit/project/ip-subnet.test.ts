import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressAt, offsetIn, overlaps, parseSubnet, subnetText } from '../../../src/project/ip-subnet.ts';

function subnet(text: string) {
  const parsed = parseSubnet(text);
  if (parsed === undefined) throw new Error(`${text} is no subnet`);
  return parsed;
}

test.each([
  ['10.1.2.3/16', '10.1.0.0/16'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['192.168.1.7/32', '192.168.1.7/32'],
  ['fd00:1:0:0::9/64', 'fd00:1::/64'],
  ['::ffff:10.0.0.1/128', '::ffff:a00:1/128'],
  ['2001:db8:0:1:1:1:1:1/128', '2001:db8:0:1:1:1:1:1/128'],
  ['::/0', '::/0'],
])('%s is the block %s', (text, block) => {
  expect(subnetText(subnet(text))).toBe(block);
});

test.each(['10.1.2.3', '10.1.2/8', '10.1.2.3/33', 'fd00::/129', 'x/8', '', '10.0.0.0/-1'])('%j is no block', (text) => {
  expect(parseSubnet(text)).toBeUndefined();
});

test('blocks overlap if one lies in the other, and versions never meet', () => {
  expect(overlaps(subnet('10.0.0.0/8'), subnet('10.213.0.0/26'))).toBe(true);
  expect(overlaps(subnet('10.0.0.0/26'), subnet('10.0.0.64/26'))).toBe(false);
  expect(overlaps(subnet('0.0.0.0/0'), subnet('::/0'))).toBe(false);
});

test('an address moves by its distance from the start', () => {
  expect(offsetIn(subnet('172.28.0.0/16'), '172.28.5.10')).toBe(1290n);
  expect(offsetIn(subnet('172.28.0.0/16'), '172.29.0.1')).toBeUndefined();
  expect(addressAt(subnet('10.9.8.0/21'), 1290n)).toBe('10.9.13.10');
});

test('every address is read back from its text', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (first) => {
      const block = { version: 6 as const, first, prefix: 128 };
      expect(parseSubnet(subnetText(block))).toEqual(block);
    }),
  );
});
