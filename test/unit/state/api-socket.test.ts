import { expect, test } from 'vitest';
import { usesApiSocket, withApiSocket } from '../../../src/state/api-socket.ts';
import { desiredState } from '../../../src/state/derive-desired-state.ts';
import { projectOf } from './project-of.ts';

const project = projectOf({
  services: {
    tool: { use_api_socket: true, environment: { A: 'b' } },
    own: { use_api_socket: true, environment: { DOCKER_CONFIG: '/mine' } },
    web: {},
  },
});

test('use_api_socket binds the socket and copies the logins in, unless the service has its own configuration', () => {
  expect(usesApiSocket(project)).toBe(true);
  const { services } = desiredState(withApiSocket(project, '{"auths":{}}'), { toolVersion: '0.1.0' });
  const [tool, own, web] = services;
  const socket = { Type: 'bind', Source: '/var/run/docker.sock', Target: '/var/run/docker.sock', BindOptions: {} };
  expect(tool?.template.HostConfig?.Mounts).toEqual([socket]);
  expect(tool?.template.Env).toEqual(['A=b', 'DOCKER_CONFIG=/run/secrets/docker']);
  expect(tool?.files).toEqual([
    { path: '/run/secrets/docker/config.json', content: '{"auths":{}}', mode: 0o444, uid: 0, gid: 0 },
  ]);
  expect(own?.template.HostConfig?.Mounts).toEqual([socket]);
  expect(own?.files).toEqual([]);
  expect(web?.template.HostConfig).not.toHaveProperty('Mounts');
});

test('a project without it is left alone', () => {
  expect(usesApiSocket(projectOf({ services: { web: {} } }))).toBe(false);
});

/** Docker Compose 2.40.3 gives this label to the service `a: {image: busybox, command: sleep 1000, stop_signal: SIGKILL, use_api_socket: true}`. */
test('the hash is that of Docker Compose', () => {
  const sketch = { command: ['sleep', '1000'], stop_signal: 'SIGKILL', use_api_socket: true };
  const { services } = desiredState(withApiSocket(projectOf({ services: { a: sketch } }), '{}'), { toolVersion: '0' });
  expect(services[0]?.hash).toBe('8d8e8965d028989451aa6bbb47347e65b45a1e864c269918ad559328ac8edb4f');
});
