import { describe, expect, it } from 'vitest';
import { errorsOf, loadCompose, projectOf, serviceOf } from '../../fakes/load-compose.ts';

describe('resolveExtends', () => {
  it('merges a service onto one of the same file', async () => {
    const text = `services:
  a: {extends: base, environment: {B: 2}}
  base: {image: x, environment: [A=1, B=1]}`;
    expect(await serviceOf(text)).toEqual({ image: 'x', environment: { A: '1', B: '2' } });
  });

  it('follows a chain across files, each with paths of its own folder', async () => {
    const service = await serviceOf({
      'compose.yaml': 'services: {a: {extends: {file: one/b.yaml, service: b}, volumes: ["./top:/top"]}}',
      'one/b.yaml': 'services: {b: {extends: {file: two/c.yaml, service: c}, build: ctx}}',
      'one/two/c.yaml': 'services: {c: {volumes: ["./deep:/deep"], env_file: v.env}}\nvolumes: {unused: }',
      'one/two/v.env': 'V=1',
    });
    expect(service.volumes?.map((mount) => mount.source)).toEqual(['/code/proj/one/two/deep', '/code/proj/top']);
    expect(service.build?.context).toBe('/code/proj/one/ctx');
    expect(service.environment).toEqual({ V: '1' });
  });

  it('lets resets of the child work on the base', async () => {
    const text =
      'services: {a: {extends: b, ports: !reset , dns: !override [2.2.2.2]}, b: {image: x, ports: ["80"], dns: [1.1.1.1]}}';
    expect(await serviceOf(text)).toEqual({ image: 'x', dns: ['2.2.2.2'] });
  });

  it('takes the child as it is when the base is empty', async () => {
    const { services } = await projectOf({
      'compose.yaml': 'services: {a: {extends: {file: b.yaml, service: b}, image: x}}',
      'b.yaml': 'services: {b: }',
    });
    expect(services['a']).toMatchObject({ image: 'x', extends: { file: '/code/proj/b.yaml', service: 'b' } });
  });

  it('opens a file once for all services that extend from it', async () => {
    const { services } = await projectOf({
      'compose.yaml': 'services: {a: {extends: {file: b.yaml, service: x}}, b: {extends: {file: b.yaml, service: x}}}',
      'b.yaml': 'services: {x: {image: y}}',
    });
    expect(Object.keys(services)).toEqual(['a', 'b']);
  });

  it('draws a circle with the file of each step', async () => {
    expect(
      await errorsOf({
        'compose.yaml': 'services:\n  a: {extends: {file: b.yaml, service: b}}',
        'b.yaml': 'services:\n  b: {extends: c}\n  c: {extends: b}',
      }),
    ).toEqual([
      'b.yaml:2:16 Circular reference: b in /code/proj/b.yaml extends c in /code/proj/b.yaml extends b in /code/proj/b.yaml',
    ]);
  });

  it('tells what no other service of the extended file says right', async () => {
    const files = {
      'compose.yaml': 'services: {a: {extends: {file: b.yaml, service: b}}}',
      'b.yaml': 'services: {b: {image: x}, c: {image: x, ports: ["80:"]}}',
    };
    expect(await errorsOf(files)).toEqual(['b.yaml:1:49 services.c.ports.0: No port specified: 80:<empty>']);
  });

  it('points at a service that is not there', async () => {
    const { diagnostics } = await loadCompose('services:\n  a: {extends: bsae}\n  base: {image: x}');
    expect(diagnostics).toMatchObject([
      { code: 'extends-service-not-found', hint: 'did you mean base?', range: { start: { line: 2, column: 16 } } },
    ]);
  });

  it.each([
    [
      'services: {a: {extends: {file: nope.yaml, service: b}}}',
      '1:32 open /code/proj/nope.yaml: no such file or directory',
    ],
    ['services: {a: {extends: {}}}', '1:25 extends.a.service is required'],
    [
      'services: {a: {extends: {file: e.yaml, service: b}}}',
      '1:32 cannot extend service "a" in /code/proj/e.yaml: no services section',
    ],
    [
      'services: {a: {extends: {file: l.yaml, service: b}}}',
      '1:32 cannot extend service "a" in /code/proj/l.yaml: services must be a mapping',
    ],
    [
      'services: {a: {extends: {file: "https://h/x.git", service: b}}}',
      '1:32 https://h/x.git is a remote compose file, which is not fetched here',
    ],
    [
      'services: {a: {image: x, environment: {A: 1}, extends: b}, b: {image: x, environment: [{B: 1}]}}',
      '1:88 services.a.environment.0 must be a string, but is a mapping',
    ],
    ['services: [a]', '1:11 services must be a mapping'],
    ['services: {a: text}', '1:15 services.a must be a mapping'],
  ])('refuses %s', async (text, error) => {
    const files = { 'compose.yaml': text, 'e.yaml': 'x-a: 1', 'l.yaml': 'services: [b]' };
    expect(await errorsOf(files)).toContainEqual(error);
  });
});
