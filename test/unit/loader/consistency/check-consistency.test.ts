import { describe, expect, it } from 'vitest';
import { errorsOf, loadCompose, projectOf } from '../../../fakes/load-compose.ts';

describe('checkConsistency', () => {
  it.each([
    ['services: {a: {command: x}}', '1:12 service "a" has neither an image nor a build context specified'],
    [
      'services: {a: {build: {dockerfile: D, dockerfile_inline: FROM x}}}',
      '1:39 service "a" declares mutually exclusive dockerfile and dockerfile_inline',
    ],
    [
      'services: {a: {build: {additional_contexts: {c: "service:no"}}}}',
      '1:46 service "a" declares unknown service "no" as additional contexts c',
    ],
    [
      'services: {a: {build: {additional_contexts: {c: "service:b"}}}, b: {image: x}}',
      '1:46 service "a" declares non-buildable service "b" as additional contexts c',
    ],
    [
      'services: {a: {build: {additional_contexts: {c: "service:b"}}}, b: {build: ., profiles: [p]}}',
      '1:46 service "a" declares unknown service "b" as additional contexts c',
    ],
    [
      'services: {a: {build: {platforms: [linux/amd64]}, platform: linux/arm64}}',
      '1:24 service.build.platforms MUST include service.platform "linux/arm64"',
    ],
    [
      'services: {a: {image: x, network_mode: host, networks: [default]}}',
      '1:26 service a declares mutually exclusive `network_mode` and `networks`',
    ],
    [
      'services: {a: {image: x, healthcheck: {test: [curl]}}}',
      '1:40 healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"',
    ],
    [
      'services: {a: {image: x, develop: {watch: [{path: ., action: sync}]}}}',
      '1:44 services.a.develop.watch: target is required for non-rebuild actions',
    ],
    ['services: {a: {image: x, networks: [n]}}', '1:37 service "a" refers to undefined network n'],
    ['services: {a: {image: x, volumes: ["vol:/v"]}}', '1:36 service "a" refers to undefined volume vol'],
    ['services: {a: {image: x, configs: [c]}}', '1:36 service "a" refers to undefined config c'],
    ['services: {a: {image: x, secrets: [s]}}', '1:36 service "a" refers to undefined secret s'],
    ['services: {a: {image: x, models: [m]}}', '1:35 service "a" refers to undefined model m'],
    ['services: {a: {build: {secrets: [s]}}}', '1:34 service "a" refers to undefined build secret s'],
    ['services: {a: {image: x, depends_on: [b]}}', '1:39 service "a" depends on undefined service "b"'],
    [
      'services: {a: {image: x, depends_on: [constructor]}}',
      '1:39 service "a" depends on undefined service "constructor"',
    ],
    ['services: {a: {image: x, network_mode: "service:b"}}', '1:40 service "a" depends on undefined service "b"'],
    [
      'services: {a: {image: x, cpus: 1, deploy: {resources: {limits: {memory: 1g}}}}}',
      "1:26 services.a: can't set distinct values on 'cpus' and 'deploy.resources.limits.cpus'",
    ],
    [
      'services: {a: {image: x, mem_limit: 1g, deploy: {resources: {limits: {memory: 2g}}}}}',
      "1:26 services.a: can't set distinct values on 'mem_limit' and 'deploy.resources.limits.memory'",
    ],
    [
      'services: {a: {image: x, scale: 2, deploy: {replicas: 3}}}',
      "1:26 services.a: can't set distinct values on 'scale' and 'deploy.replicas'",
    ],
    ['services: {a: {image: x, scale: -1}}', '1:26 services.a.scale: must be greater than or equal to 0'],
    [
      'services: {a: {image: x, deploy: {replicas: -1}}}',
      '1:35 services.a.deploy.replicas: must be greater than or equal to 0',
    ],
    [
      'services: {a: {image: x, container_name: nn, scale: 2}}',
      "1:46 services.a.scale: can't set container_name and scale: container name must be unique",
    ],
    [
      'services: {a: {image: x, tmpfs: [/x], volumes: [{type: tmpfs, target: /x/}]}}',
      '1:49 services.a.volumes[0]: target /x already mounted as services.a.tmpfs[0]',
    ],
    [
      'services: {a: {image: x}}\nsecrets: {s: {driver: d}}',
      '2:11 secret "s" must declare either `file` or `environment`',
    ],
    [
      'services: {a: {image: x, container_name: nn}, b: {image: x, container_name: nn}}',
      '1:61 services.b: container name "nn" is already in use by service a',
    ],
  ])('refuses %s', async (text, error) => {
    expect(await errorsOf(text)).toEqual([error]);
  });

  it('misses whose network is shared where nothing is normalised', async () => {
    const text = 'services: {a: {image: x, network_mode: "service:b"}, b: {image: x, profiles: [p]}}';
    expect(await errorsOf(text, { request: { normalize: false } })).toEqual([
      `1:26 service "b" not found for network_mode 'service:b'`,
    ]);
    expect(await errorsOf(text, { request: { normalize: false, profiles: ['p'] } })).toEqual([]);
  });

  it('accepts what agrees', async () => {
    const text = `services:
  a: {image: x, cpus: 0.5, mem_limit: 1g, deploy: {resources: {limits: {cpus: "0.50", memory: 1024m}}}}
  b: {build: {additional_contexts: {c: "service:c"}}, depends_on: {d: {condition: service_started, required: false}}}
  c: {build: .}
  d: {image: x, profiles: [off], networks: [undefined-but-disabled]}
secrets: {s: {external: true}}`;
    expect(Object.keys((await projectOf(text)).services)).toEqual(['a', 'b', 'c']);
  });

  it('copies scale into deploy', async () => {
    const { services } = await projectOf('services: {a: {image: x, scale: 3, deploy: {}}}');
    expect(services['a']?.deploy?.replicas).toBe(3);
  });

  it('shows every edge of a circle', async () => {
    const { diagnostics } = await loadCompose(
      'services:\n  a: {image: x, depends_on: [b]}\n  b: {image: x, links: [a]}',
    );
    expect(diagnostics).toMatchObject([
      {
        code: 'dependency-cycle',
        message: 'dependency cycle detected: a -> b -> a',
        range: { start: { line: 2 } },
        related: [{ message: 'b depends on a', range: { start: { line: 3 } } }],
      },
    ]);
  });

  it('proposes names that are similar', async () => {
    const text = 'services: {a: {image: x, networks: [fornt], depends_on: [dbb]}, db: {image: x}}\nnetworks: {front: }';
    const { diagnostics } = await loadCompose(text);
    expect(diagnostics.map(({ hint }) => hint)).toEqual(['did you mean front?', 'did you mean db?']);
  });

  it('names the profile that a dependency needs', async () => {
    const { diagnostics } = await loadCompose(
      'services: {a: {image: x, depends_on: [b]}, b: {image: x, profiles: [dev]}}',
    );
    expect(diagnostics[0]?.hint).toBe('"b" is disabled; enable it with --profile dev');
  });

  it('is left out when told so', async () => {
    const { diagnostics } = await loadCompose('services: {a: {depends_on: [b]}}', {
      request: { checkConsistency: false },
    });
    expect(diagnostics).toEqual([]);
  });
});
