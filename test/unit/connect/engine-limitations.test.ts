import { describe, expect, test } from 'vitest';
import { engineLimitations } from '../../../src/connect/engine-limitations.ts';
import type { EngineInformation } from '../../../src/engine/engine.ts';

const information: EngineInformation = { rootless: false, warnings: [], cgroupVersion: '2', cgroupDriver: 'systemd' };

function features(
  product: 'docker' | 'podman',
  apiVersion: string,
  more: Partial<EngineInformation> = {},
): readonly string[] {
  return engineLimitations({ product, apiVersion }, { ...information, ...more }).map(({ feature }) => feature);
}

describe('engineLimitations', () => {
  test('a current Docker has none', () => {
    expect(features('docker', '1.51')).toEqual([]);
  });

  test.each([
    ['1.48', ['networks.*.interface_name']],
    [
      '1.47',
      ['volumes of type image', 'networks.*.gw_priority', 'networks.enable_ipv4: false', 'networks.*.interface_name'],
    ],
    ['1.43', expect.arrayContaining(['healthcheck.start_interval', 'volumes.volume.subpath'])],
  ])('API %s lacks what came later', (apiVersion, expected) => {
    expect(features('docker', apiVersion)).toEqual(expected);
  });

  test('the reason names the release', () => {
    expect(engineLimitations({ product: 'docker', apiVersion: '1.48' }, information)[0]?.reason).toBe(
      'needs API 1.49 (Docker 28.1); this engine speaks 1.48',
    );
  });

  test('Podman needs timers for health checks, and has no links', () => {
    expect(features('podman', '1.51')).toEqual(['healthcheck', 'links with another name']);
  });

  test('rootless engines limit nothing on control groups version 1', () => {
    expect(features('docker', '1.51', { rootless: true })).toEqual(['ports below 1024']);
    expect(features('docker', '1.51', { rootless: true, cgroupVersion: '1' })).toContain('cpus, mem_limit, pids_limit');
  });

  test.each([
    ['No swap limit support', 'memswap_limit'],
    ['No memory limit support', 'mem_limit, mem_reservation'],
    ['No cpu cfs quota support', 'cpus, cpu_quota'],
    ['No blkio throttle.read_bps_device support', 'blkio_config'],
    ['something else', 'engine'],
  ])('the warning "%s" is about %s', (warning, feature) => {
    expect(features('docker', '1.51', { warnings: [warning] })).toEqual([feature]);
  });
});
