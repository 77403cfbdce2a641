import { describe, expect, it } from 'vitest';
import { errorsOf, loadCompose, projectOf } from '../../fakes/load-compose.ts';

describe('loadProject', () => {
  it('gives a project with what was decided on the way', async () => {
    const project = await projectOf('name: n\nservices: {a: {image: x}}\nx-mine: {job: once}');
    expect(project).toMatchObject({
      name: 'n',
      extensions: { 'x-mine': { job: 'once' } },
      origin: {
        workingDirectory: '/code/proj',
        configFiles: ['/code/proj/compose.yaml'],
        environmentFiles: [],
        profiles: [],
      },
    });
  });

  it('keeps the extensions of services', async () => {
    const { services } = await projectOf('services: {a: {image: x, x-topsail: {ready: {tcp: 80}}}}');
    expect(services['a']?.extensions).toEqual({ 'x-topsail': { ready: { tcp: 80 } } });
  });

  it('takes names that objects of the language have for names', async () => {
    const text = `services:
  __proto__: {image: x, environment: {constructor: 1, __proto__: 2}, depends_on: [toString]}
  toString: {image: y}`;
    const { services } = await projectOf(text);
    expect(Object.keys(services)).toEqual(['__proto__', 'toString']);
    expect(Object.entries(services['__proto__']?.environment ?? {})).toEqual([
      ['__proto__', '2'],
      ['constructor', '1'],
    ]);
  });

  it('loads nothing but warnings when nothing is wrong', async () => {
    const { project, diagnostics } = await loadCompose('version: "3"\nservices: {a: {image: "x:$TAG"}}');
    expect(project).toBeDefined();
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['version-obsolete', 'warning'],
      ['variable-unset', 'warning'],
    ]);
  });

  it('finds the faults of several files at once', async () => {
    const files = { 'a.yaml': 'a: [', 'b.yaml': 'a: b: c', 'c.yaml': 'services: {}' };
    const errors = await errorsOf(files, { request: { files: Object.keys(files) } });
    expect(errors.map((error) => error.split(':')[0])).toEqual(['a.yaml', 'b.yaml']);
  });

  it('says where each value was written', async () => {
    const { locate } = await loadCompose(
      {
        'compose.yaml': 'services:\n  a:\n    image: x\n    ports:\n      - "80"\n      - "81-82"\n    labels: [k=v]\n',
        'o.yaml': 'services:\n  a:\n    image: y\n    depends_on: [b]\n  b: {image: z}\n',
      },
      { request: { files: ['compose.yaml', 'o.yaml'] } },
    );
    expect(locate('services.a.image')).toMatchObject({ file: '/code/proj/o.yaml', start: { line: 3, column: 5 } });
    expect(locate('services.a.ports[2]')).toMatchObject({ file: '/code/proj/compose.yaml', start: { line: 6 } });
    expect(locate('services.a.ports[0].mode')).toMatchObject({ start: { line: 5 } });
    expect(locate('services.a.labels.k')).toMatchObject({ start: { line: 7, column: 14 } });
    expect(locate('services.a.depends_on.b')).toMatchObject({ file: '/code/proj/o.yaml', start: { line: 4 } });
    expect(locate('services.a.build.dockerfile')).toMatchObject({
      file: '/code/proj/compose.yaml',
      start: { line: 3 },
    });
  });

  it('leaves out what it is told to leave out', async () => {
    const text = 'services: {a: {build: ./x, links: [b]}, b: {image: y}}';
    const { services, networks } = await projectOf(text, { request: { normalize: false, resolvePaths: false } });
    expect(services['a']).toMatchObject({ build: { context: './x' }, links: ['b'] });
    expect(services['a']?.depends_on).toBeUndefined();
    expect(Object.keys(networks)).toEqual([]);
  });
});
