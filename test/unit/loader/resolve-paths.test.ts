import { describe, expect, it } from 'vitest';
import { resolvePaths } from '../../../src/loader/resolve-paths.ts';
import { plain, tree } from '../../fakes/document-tree.ts';

const base = { directory: '/p', homeDirectory: '/home/me' };

function resolved(text: string, directory = '/p'): unknown {
  return plain(resolvePaths(tree(text), { ...base, directory }));
}

describe('resolvePaths', () => {
  it.each([
    ['build: {context: ./d/./e/}', { build: { context: '/p/d/e' } }],
    ['build: {context: ../x}', { build: { context: '/x' } }],
    ['build: {context: /a//b/../c}', { build: { context: '/a//b/../c' } }],
    ['build: {context: ""}', { build: { context: '' } }],
    ['build: {context: "https://h/x"}', { build: { context: 'https://h/x' } }],
    ['build: {context: "git@h:x"}', { build: { context: 'git@h:x' } }],
    ['build: {context: github.com/a/b}', { build: { context: 'github.com/a/b' } }],
    [
      'build: {additional_contexts: {a: x, b: "service:y", c: "docker-image://z"}, ssh: {k: ./key, default: }}',
      {
        build: {
          additional_contexts: { a: '/p/x', b: 'service:y', c: 'docker-image://z' },
          ssh: { k: '/p/key', default: null },
        },
      },
    ],
    ['env_file: [{path: e}], label_file: [~/l]', { env_file: [{ path: '/p/e' }], label_file: ['/home/me/l'] }],
    [
      'volumes: [{type: bind, source: ./b}, {type: volume, source: ./v}, {type: bind, source: "C:\\\\x"}]',
      {
        volumes: [
          { type: 'bind', source: '/p/b' },
          { type: 'volume', source: './v' },
          { type: 'bind', source: 'C:\\x' },
        ],
      },
    ],
    ['volumes: [{type: bind, source: ""}]', { volumes: [{ type: 'bind', source: '/p' }] }],
    ['develop: {watch: [{path: .}]}', { develop: { watch: [{ path: '/p' }] } }],
    ['working_dir: ./w, credential_spec: {file: c}', { working_dir: './w', credential_spec: { file: 'c' } }],
  ])('resolves %s', (attributes, expected) => {
    expect(resolved(`services: {a: {${attributes}}}`)).toEqual({ services: { a: expected } });
  });

  it('takes the folder for a config or secret whose path is empty', () => {
    expect(resolved('configs: {c: {file: ""}}\nsecrets: {s: {file: ""}}')).toEqual({
      configs: { c: { file: '/p' } },
      secrets: { s: { file: '/p' } },
    });
  });

  it('resolves the files of configs and secrets, and the device of a local bind volume', () => {
    const text = `configs: {c: {file: c}}
secrets: {s: {file: ~/s}}
volumes:
  v: {driver: local, driver_opts: {o: bind, device: ./d}}
  w: {driver: other, driver_opts: {o: bind, device: ./d}}
  x: {driver: local, driver_opts: {o: "bind,ro", device: ./d}}`;
    expect(resolved(text)).toMatchObject({
      configs: { c: { file: '/p/c' } },
      secrets: { s: { file: '/home/me/s' } },
      volumes: {
        v: { driver_opts: { device: '/p/d' } },
        w: { driver_opts: { device: './d' } },
        x: { driver_opts: { device: './d' } },
      },
    });
  });

  it('rebases on a relative folder without making anything absolute', () => {
    expect(resolved('services: {a: {build: {context: ./c}}}', 'sub')).toEqual({
      services: { a: { build: { context: 'sub/c' } } },
    });
  });
});
