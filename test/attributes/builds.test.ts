import { describe } from 'vitest';
import { itReads, itRefuses } from '../fakes/attribute-tables.ts';

const context = { context: '/code/proj', dockerfile: 'Dockerfile' };

describe('build', () => {
  itReads(
    [
      ['build: ./app/', { build: { context: '/code/proj/app', dockerfile: 'Dockerfile' } }],
      ['build: {}', { build: context }],
      [
        'build: "https://github.com/a/b.git"',
        { build: { context: 'https://github.com/a/b.git', dockerfile: 'Dockerfile' } },
      ],
      ['build: {dockerfile_inline: FROM x}', { build: { context: '/code/proj', dockerfile_inline: 'FROM x' } }],
      [
        'build: {args: {A: 1, B: true, UNSET: }, labels: [l=1]}',
        { build: { ...context, args: { A: '1', B: 'true' }, labels: { l: '1' } } },
      ],
      ['build: {args: [UNSET]}', { build: context }],
      [
        'build: {target: t, network: host, no_cache: "true", pull: true, privileged: false, isolation: i, shm_size: 64m}',
        {
          build: {
            ...context,
            no_cache: true,
            pull: true,
            isolation: 'i',
            network: 'host',
            target: 't',
            shm_size: '67108864',
          },
        },
      ],
      [
        'build: {cache_from: [a], cache_to: [b], tags: [t], platforms: [linux/amd64], entitlements: [e], provenance: true, sbom: false}',
        {
          build: {
            ...context,
            entitlements: ['e'],
            provenance: 'true',
            sbom: 'false',
            cache_from: ['a'],
            cache_to: ['b'],
            tags: ['t'],
            platforms: ['linux/amd64'],
          },
        },
      ],
      [
        'build: {ssh: [default, key=./k], extra_hosts: {h: 1.1.1.1}, ulimits: {n: 5}, additional_contexts: [c=./x]}',
        {
          build: {
            ...context,
            ssh: ['default', 'key=/code/proj/k'],
            additional_contexts: { c: '/code/proj/x' },
            extra_hosts: ['h=1.1.1.1'],
            ulimits: { n: 5 },
          },
        },
      ],
      [
        'build: {secrets: [s, {source: s, target: t, mode: 0400}]}',
        { build: { ...context, secrets: [{ source: 's' }, { source: 's', target: 't', mode: '0400' }] } },
        'secrets: {s: {file: f}}',
      ],
    ],
    {},
  );
  itRefuses([
    ['build: ', '1 services.a.build must be a string or mapping, but is empty (null)'],
    ['build: {cache_from: a}', "21 services.a.build.cache_from must be a list, but is the text 'a'"],
    ['build: {ssh: [k]}', '14 services.a.build.ssh: invalid ssh key "k"'],
    [
      'build: {additional_contexts: [c]}',
      '30 services.a.build.additional_contexts: invalid value c, expected key=value',
    ],
    ['build: {no_cache: maybe}', '19 services.a.build.no_cache: invalid boolean: maybe'],
  ]);
});
