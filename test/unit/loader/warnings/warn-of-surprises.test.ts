import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../../src/diagnostics/diagnostic.ts';
import { type ComposeFiles, drawn, type LoadComposeOptions, loadCompose } from '../../../fakes/load-compose.ts';

/** Warnings with the hints that belong to them. */
async function warned(files: ComposeFiles, options: LoadComposeOptions = {}): Promise<readonly Diagnostic[]> {
  const { diagnostics, project } = await loadCompose(files, options);
  expect(drawn(diagnostics.filter(({ severity }) => severity === 'error'))).toEqual([]);
  expect(project).toBeDefined();
  return diagnostics;
}

const warnings = async (files: ComposeFiles, options: LoadComposeOptions = {}): Promise<readonly string[]> =>
  drawn(await warned(files, options));

const inTwoFiles = { request: { files: ['compose.yaml', 'later.yaml'] } };

describe('a container port that two layers publish', () => {
  const base = 'services: {a: {image: x, ports: ["8080:80", "9090:90"]}}';

  it('names both lines and the tag that helps', async () => {
    const [found, ...others] = await warned(
      { 'compose.yaml': base, 'later.yaml': 'services: {a: {ports: ["80:80"]}}' },
      inTwoFiles,
    );
    expect(others).toEqual([]);
    expect(drawn(found === undefined ? [] : [found])).toEqual([
      'later.yaml:1:24 service "a" publishes its port 80/tcp twice: lists of ports are joined, so both lines hold',
    ]);
    expect(found?.related?.map(({ range }) => [range.file, range.start.column])).toEqual([
      ['/code/proj/compose.yaml', 34],
    ]);
    expect(found?.hint).toContain('!override');
  });

  it('counts a service and the one it extends as layers', async () => {
    const text = 'services:\n  b: {image: x, ports: ["80:80"]}\n  a: {extends: b, ports: ["81:80"]}\n';
    expect(await warnings(text)).toEqual([expect.stringMatching(/^3:27 service "a" publishes its port 80\/tcp twice/)]);
  });

  it('tells a range once', async () => {
    const files = {
      'compose.yaml': 'services: {a: {image: x, ports: ["8000-8005:80-85"]}}',
      'later.yaml': 'services: {a: {ports: ["9000-9005:80-85"]}}',
    };
    expect(await warnings(files, inTwoFiles)).toHaveLength(1);
  });

  it.each([
    ['the same port again', 'ports: ["8080:80"]'],
    ['another container port', 'ports: ["80:81"]'],
    ['another protocol', 'ports: ["80:80/udp"]'],
    ['another address', 'ports: ["127.0.0.1:80:80"]'],
    ['a port that is not published', 'ports: ["80"]'],
    ['a list that replaces the other', 'ports: !override ["80:80"]'],
  ])('says nothing of %s', async (_, ports) => {
    const later = `services: {a: {${ports}}}`;
    expect(await warnings({ 'compose.yaml': base, 'later.yaml': later }, inTwoFiles)).toEqual([]);
  });

  it('says nothing of two ports in one list, for whoever wrote it saw both', async () => {
    expect(await warnings('services: {a: {image: x, ports: ["80:80", "81:80"]}}')).toEqual([]);
  });
});

describe('a value that YAML reads as another type', () => {
  it.each([
    ['environment: {MASK: 0755}', '1:46 services.a.environment.MASK: YAML reads 0755 as 493'],
    ['environment: {VERSION: 3.10}', '1:49 services.a.environment.VERSION: YAML reads 3.10 as 3.1'],
    ['environment: {DEBUG: True}', '1:47 services.a.environment.DEBUG: YAML reads True as true'],
    ['labels: {n: 0x1F}', '1:38 services.a.labels.n: YAML reads 0x1F as 31'],
    ['build: {context: ., args: {V: 1_000}}', '1:56 services.a.build.args.V: YAML reads 1_000 as 1000'],
  ])('is shown for %s', async (attribute, message) => {
    const [found, ...others] = await warned(`services: {a: {image: x, ${attribute}}}`);
    expect(others).toEqual([]);
    expect(drawn(found === undefined ? [] : [found])).toEqual([`${message}, and that is what the container gets`]);
    expect(found?.hint).toContain('quote it');
  });

  it.each([
    'environment: {A: "0755", B: 5, C: 1.5, D: true, E: on, F: yes, G: "3.10", H: , I: 22:22, J: -1}',
    'environment: [A=0755, B=3.10]',
    'ports: [22:22]',
    'configs: [{source: c, mode: 0440}]',
    'cpus: 0.50',
    'tty: on',
  ])('is not suspected in %s', async (attribute) => {
    const text = `services: {a: {image: x, ${attribute}}}\nconfigs: {c: {content: x}}`;
    const found = await warned(text);
    expect(found.filter(({ code }) => code === 'value-rewritten')).toEqual([]);
  });

  it('is on its own attribute: a boolean that says on is understood, and told', async () => {
    expect(await warnings('services: {a: {image: x, tty: on}}')).toEqual([
      expect.stringMatching(/^1:31 "on" for boolean/),
    ]);
  });
});

describe('an optional dependency that is disabled', () => {
  const text = (dependency: string): string =>
    `services:\n  a: {image: x, depends_on: {b: {condition: service_started, required: ${dependency}}}}\n  b: {image: x, profiles: [p, q]}`;

  it('is told with the profiles that enable it', async () => {
    const [found] = await warned(text('false'));
    expect(drawn(found === undefined ? [] : [found])).toEqual([
      '2:30 service "a" starts without its optional dependency "b", which is disabled',
    ]);
    expect(found?.hint).toBe('enable it with --profile p or --profile q');
  });

  it('is not told when it is enabled', async () => {
    expect(await warnings(text('false'), { request: { profiles: ['p'] } })).toEqual([]);
  });
});

describe('a bind source that does not exist', () => {
  const text =
    'services:\n  a: {image: x, volumes: ["./data:/data"]}\n  b: {image: x, volumes: ["./data:/data", "./here:/h", "v:/v"]}\nvolumes: {v: {}}';
  const files = { 'compose.yaml': text, 'here/file': '' };

  it('is told once, at its first line', async () => {
    expect(await warnings(files)).toEqual([
      '2:27 /code/proj/data does not exist; an empty folder will be created for service "a"',
    ]);
  });

  it.each([
    ['the engine is elsewhere', { request: { environment: { DOCKER_HOST: 'ssh://far' } } }],
    ['paths are not resolved', { request: { resolvePaths: false } }],
    ['a command works on what exists', { request: { resolveEnvironment: false } }],
  ])('is not told when %s', async (_, options) => {
    expect(await warnings(files, options)).toEqual([]);
  });

  it('is not told for the long form, which says what happens', async () => {
    const long = 'services: {a: {image: x, volumes: [{type: bind, source: ./data, target: /d}]}}';
    expect(await warnings(long)).toEqual([]);
  });
});

describe('a variable that is not set and that an env_file defines', () => {
  const files = {
    'compose.yaml': 'services:\n  a:\n    image: "x:${TAG}"\n    env_file: app.env\n',
    'app.env': 'OTHER=1\nTAG=2\n',
  };

  it('is told why the file does not help', async () => {
    const [found] = await warned(files);
    expect(found?.code).toBe('variable-unset');
    expect(found?.hint).toContain('an env_file sets variables inside of its container only');
    expect(found?.related?.map(({ range }) => [range.file, range.start.line])).toEqual([['/code/proj/app.env', 2]]);
  });

  it('is an error under strict, with the same hint', async () => {
    const { diagnostics, project } = await loadCompose(files, { request: { strict: true } });
    expect(project).toBeUndefined();
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['variable-unset-strict', 'error']]);
    expect(diagnostics[0]?.hint).toContain('env_file');
  });

  it('in .env is an error under strict too', async () => {
    const withEnv = { 'compose.yaml': 'services: {a: {image: x}}', '.env': 'A=$NOPE\n' };
    const { diagnostics } = await loadCompose(withEnv, { request: { strict: true } });
    expect(diagnostics.map(({ code }) => code)).toEqual(['variable-unset-strict']);
  });
});
