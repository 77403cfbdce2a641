import { describe, expect, test } from 'vitest';
import { containerRequest } from '../../../src/state/container-request.ts';
import { desiredState } from '../../../src/state/derive-desired-state.ts';
import type { DesiredService } from '../../../src/state/desired-state.ts';
import { projectOf, type ServiceSketch } from './project-of.ts';

const options = { toolVersion: '0.1.0' };

function desired(sketch: ServiceSketch, more: Omit<Parameters<typeof projectOf>[0], 'services'> = {}): DesiredService {
  const [service] = desiredState(projectOf({ ...more, services: { web: sketch } }), options).services;
  if (service === undefined) throw new Error('no service');
  return service;
}

describe('mounts', () => {
  test('use the text form where a host path may be created and for plain named volumes', () => {
    const service = desired(
      {
        volumes: [
          { type: 'bind', source: '/src', target: '/dst', read_only: true, bind: { create_host_path: true } },
          { type: 'bind', source: '/sel', target: '/sel', bind: { selinux: 'Z' } },
          { type: 'volume', source: 'data', target: '/data', volume: {} },
        ],
      },
      { volumes: { data: {} } },
    );
    expect(service.template.HostConfig?.Binds).toEqual(['/src:/dst:ro', '/sel:/sel:rw,Z', 'shop_data:/data:rw']);
    expect(service.template.HostConfig).not.toHaveProperty('Mounts');
    expect(service.volumes).toEqual(['data']);
  });

  test('use the object form for everything else', () => {
    const service = desired(
      {
        volumes: [
          { type: 'bind', source: '/strict', target: '/strict' },
          { type: 'bind', source: '/p', target: '/p', bind: { create_host_path: true, propagation: 'rslave' } },
          { type: 'bind', source: '/r', target: '/r', bind: { recursive: 'readonly' } },
          { type: 'volume', source: 'data', target: '/n', read_only: true, volume: { nocopy: true } },
          { type: 'volume', target: '/anonymous', volume: {} },
          { type: 'tmpfs', target: '/t', tmpfs: { size: '1048576', mode: 0o755 } },
          { type: 'image', source: 'alpine', target: '/i', image: { subpath: 'etc' } },
        ],
      },
      { volumes: { data: {} } },
    );
    expect(service.template.HostConfig?.Mounts).toEqual([
      { Type: 'bind', Source: '/strict', Target: '/strict', BindOptions: {} },
      {
        Type: 'bind',
        Source: '/p',
        Target: '/p',
        BindOptions: { Propagation: 'rslave', CreateMountpoint: true },
      },
      { Type: 'bind', Source: '/r', Target: '/r', BindOptions: { ReadOnlyForceRecursive: true } },
      { Type: 'volume', Source: 'shop_data', Target: '/n', ReadOnly: true, VolumeOptions: { NoCopy: true } },
      { Type: 'volume', Target: '/anonymous', VolumeOptions: {} },
      { Type: 'tmpfs', Target: '/t', TmpfsOptions: { SizeBytes: 1_048_576, Mode: 0o755 } },
      { Type: 'image', Source: 'alpine', Target: '/i', ImageOptions: { Subpath: 'etc' } },
    ]);
  });
});

describe('configs and secrets', () => {
  const files = {
    configs: { app: { file: '/home/me/app.conf' }, inline: { content: 'hello' } },
    secrets: { token: { environment: 'TOKEN' }, key: { file: '/home/me/key' } },
    origin: { environment: { TOKEN: 't0p' } },
  };

  test('of files are read-only binds, others are copied in', () => {
    const service = desired(
      {
        configs: [{ source: 'app' }, { source: 'inline', target: '/etc/inline', mode: '0440', uid: '7', gid: '8' }],
        secrets: [
          { source: 'token', target: 'short' },
          { source: 'key', target: '/run/secrets/key' },
        ],
      },
      files,
    );
    expect(service.template.HostConfig?.Mounts).toEqual([
      { Type: 'bind', Source: '/home/me/key', Target: '/run/secrets/key', ReadOnly: true },
      { Type: 'bind', Source: '/home/me/app.conf', Target: '/app', ReadOnly: true },
    ]);
    expect(service.files).toEqual([
      { path: '/run/secrets/short', content: 't0p', mode: 0o444, uid: 0, gid: 0 },
      { path: '/etc/inline', content: 'hello', mode: 0o440, uid: 7, gid: 8 },
    ]);
  });

  test('of files warn that the owner and mode of the host stay', () => {
    const project = projectOf({ ...files, services: { web: { configs: [{ source: 'app', mode: '0400' }] } } });
    expect(desiredState(project, options).warnings).toEqual([
      'service web: config `uid`, `gid` and `mode` are not supported, they will be ignored: app is a file of the host that is mounted as it is',
    ]);
  });
});

test('a replica that replaces another inherits its anonymous volumes and says what it replaces', () => {
  const service = desired({ volumes: [{ type: 'volume', target: '/cache', volume: {} }] });
  const { body } = containerRequest(service, 3, {
    apiVersion: '1.51',
    imageDigest: 'sha256:1',
    inherited: [{ Type: 'volume', Source: 'abc', Target: '/cache' }],
    replaces: true,
  });
  expect(body.HostConfig?.Mounts).toEqual([{ Type: 'volume', Source: 'abc', Target: '/cache' }]);
  expect(body.Labels).toMatchObject({ 'com.docker.compose.replace': 'web-3' });
});
