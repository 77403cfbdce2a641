import { expect, test } from 'vitest';
import { fitsPlatform } from '../../../src/plan/fits-platform.ts';

const arm = { Id: 'sha256:1', Os: 'linux', Architecture: 'arm64', Variant: 'v8' };

test.each([undefined, 'linux', 'linux/arm64', 'linux/aarch64', 'linux/arm64/v8'])('%s fits', (platform) => {
  expect(fitsPlatform(arm, platform)).toBe(true);
});

test.each(['windows', 'linux/amd64', 'linux/x86_64', 'linux/arm64/v9'])('%s does not', (platform) => {
  expect(fitsPlatform(arm, platform)).toBe(false);
});

test('what an image does not say fits everything', () => {
  expect(fitsPlatform({ Id: 'sha256:1', Os: '', Variant: '' }, 'linux/amd64/v2')).toBe(true);
});
