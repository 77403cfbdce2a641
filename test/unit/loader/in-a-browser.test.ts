import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import type { loadProject } from '../../../src/loader/load-project.ts';
import { projectFiles } from '../../fakes/load-compose.ts';
import { memorySourceReader } from '../../fakes/memory-source-reader.ts';

/** What a browser has and the language does not. */
const browserGlobals = { TextDecoder, URL, atob, structuredClone };

let load: typeof loadProject;
let bundled: readonly string[];

beforeAll(async () => {
  const entry = fileURLToPath(new URL('../../../src/loader/load-project.ts', import.meta.url));
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'loader',
    logLevel: 'silent',
  });
  bundled = Object.keys(metafile.inputs);
  const surroundings = vm.createContext({ ...browserGlobals });
  new vm.Script(outputFiles[0]?.text ?? '').runInContext(surroundings);
  // The module's own export, which esbuild puts under its global name.
  load = vm.runInContext('loader.loadProject', surroundings) as typeof loadProject;
}, 60_000);

const request = { workingDirectory: '/code/proj', environment: { TAG: '2' }, homeDirectory: '/home/me' };

describe('in a browser', () => {
  it('the loader is bundled without anything of Node', () => {
    expect(bundled.length).toBeGreaterThan(50);
    expect(bundled.filter((path) => path.startsWith('node:') || path.includes('disk-source-reader'))).toEqual([]);
  });

  it('a project is loaded from texts in memory, with includes, extends, env files and a faulty file', async () => {
    const reader = memorySourceReader(
      projectFiles({
        'compose.yaml':
          'include: [sub/c.yaml]\nservices: {a: {extends: {file: base.yaml, service: b}, command: [\nx, -]}}',
        'base.yaml': 'services: {b: {image: "b:${TAG}", env_file: e.env, volumes: ["./v:/v", "~/h:/h"]}}',
        'e.env': 'A="x y"\nB=${TAG}',
        'sub/c.yaml': 'services: {c: {build: .}}',
      }),
    );
    const { project, diagnostics } = await load(request, reader);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(JSON.parse(JSON.stringify(project?.services))).toMatchObject({
      a: {
        image: 'b:2',
        command: ['x', '-'],
        environment: { A: 'x y', B: '2' },
        volumes: [{ source: '/code/proj/v' }, { source: '/home/me/h' }],
      },
      c: { build: { context: '/code/proj/sub' } },
    });
    const faulty = memorySourceReader(projectFiles('services: {a: {imgae: x}}'));
    expect((await load(request, faulty)).diagnostics).toMatchObject([
      { code: 'schema-unknown-key', hint: 'did you mean image?', range: { start: { line: 1, column: 16 } } },
    ]);
  });

  it('paths of Windows are read too', async () => {
    const text = 'services: {a: {image: x, build: ./b, volumes: [".\\\\v:/v", "D:\\\\w:/w"]}}';
    const reader = memorySourceReader({ 'C:\\code\\proj\\compose.yaml': text });
    const { project } = await load({ workingDirectory: 'C:\\code\\proj', environment: {} }, reader);
    expect(project?.services['a']).toMatchObject({
      build: { context: 'C:\\code\\proj\\b' },
      volumes: [{ source: 'C:\\code\\proj\\v' }, { source: 'D:\\w' }],
    });
  });
});
