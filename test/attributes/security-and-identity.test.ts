import { describe } from 'vitest';
import { itReads, itRefuses } from '../fakes/attribute-tables.ts';

describe('security', () => {
  itReads([
    ['cap_add: [A, B, A], cap_drop: [ALL]', { cap_add: ['A', 'B'], cap_drop: ['ALL'] }],
    ['privileged: true, read_only: "true"', { privileged: true, read_only: true }],
    ['privileged: false', {}],
    ['security_opt: [no-new-privileges]', { security_opt: ['no-new-privileges'] }],
    [
      'user: "1000:1000", group_add: [5, audio], userns_mode: host',
      { user: '1000:1000', group_add: ['5', 'audio'], userns_mode: 'host' },
    ],
    [
      'cgroup: private, cgroup_parent: p, ipc: shareable, pid: host, uts: host',
      { cgroup: 'private', cgroup_parent: 'p', ipc: 'shareable', pid: 'host', uts: 'host' },
    ],
    ['credential_spec: {file: f.json}', { credential_spec: { file: 'f.json' } }],
    ['use_api_socket: true', { use_api_socket: true }],
  ]);
  itRefuses([
    ['user: 1000', '7 services.a.user must be a string, but is the number 1000'],
    ['cap_add: ALL', "10 services.a.cap_add must be a list, but is the text 'ALL'"],
    ['security_opt: [x, x]', '19 services.a.security_opt items at 0 and 1 are equal'],
    ['cgroup: shared', "9 services.a.cgroup value must be one of 'host', 'private', but is the text 'shared'"],
    ['privileged: maybe', '13 services.a.privileged: failed to cast to expected type: invalid boolean: maybe'],
  ]);
});

describe('identity', () => {
  itReads([
    ['container_name: my.name-1', { container_name: 'my.name-1' }],
    ['platform: linux/arm64, runtime: r, isolation: i', { platform: 'linux/arm64', runtime: 'r', isolation: 'i' }],
    ['working_dir: ./w', { working_dir: './w' }],
    ['profiles: []', {}],
    ['x-mine: {a: 1}', { extensions: { 'x-mine': { a: 1 } } }],
  ]);
  itRefuses([
    ['container_name: "!!"', "17 services.a.container_name '!!' does not match pattern '[a-zA-Z0-9][a-zA-Z0-9_.-]+'"],
    ['hostname: 5', '11 services.a.hostname must be a string, but is the number 5'],
    ['imgae: y', "1 services.a additional properties 'imgae' not allowed"],
  ]);
});
