import { expect, it } from 'vitest';
import { parseDeviceSpecification } from '../../../src/project/device-specification.ts';

it.each([
  ['/dev/a', { source: '/dev/a', target: '/dev/a', permissions: 'rwm' }],
  ['/dev/a:/dev/b', { source: '/dev/a', target: '/dev/b', permissions: 'rwm' }],
  ['/dev/a:/dev/b:r', { source: '/dev/a', target: '/dev/b', permissions: 'r' }],
  ['vendor.com/class=name', { source: 'vendor.com/class=name', target: 'vendor.com/class=name', permissions: 'rwm' }],
])('reads %s', (text, mapping) => {
  expect(parseDeviceSpecification(text)).toEqual(mapping);
});

it('refuses four parts', () => {
  expect(() => parseDeviceSpecification('a:b:rwm:x')).toThrow(
    'confusing device mapping, please use long syntax: a:b:rwm:x',
  );
});
