import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/compose/explain.ts';
import { ProjectError } from '../../../src/compose/project-error.ts';
import type { LoadRequest } from '../../../src/loader/load-request.ts';
import { createPainter } from '../../../src/report/painter.ts';
import { renderProvenance } from '../../../src/report/render-provenance.ts';
import { projectFiles } from '../../fakes/load-compose.ts';
import { memorySourceReader } from '../../fakes/memory-source-reader.ts';

type Files = Readonly<Record<string, string>>;

function ask(files: Files, paths: readonly string[], request: Partial<LoadRequest> = {}) {
  const load = { workingDirectory: '/code/proj', environment: {}, homeDirectory: '/home/me', ...request };
  return explain({ load, paths }, memorySourceReader(projectFiles(files)));
}

async function told(files: Files, path: string, request: Partial<LoadRequest> = {}): Promise<string> {
  const { values, removed } = await ask(files, [path], request);
  const showName = (file: string): string => file.replace('/code/proj/', '');
  return renderProvenance(values, removed, { painter: createPainter(false), showName });
}

describe('explain', () => {
  it('names the line that gave a value, and the losers, latest first', async () => {
    const files = {
      'a.yaml': 'services:\n  web:\n    image: x:1\n',
      'b.yaml': 'services: {web: {image: "x:2"}}\n---\nservices: {web: {image: x:3}}\n',
      'c.yaml': 'services:\n  web:\n    image: x:4\n',
    };
    expect(await told(files, 'services.web.image', { files: Object.keys(files) })).toBe(`services.web.image = "x:4"
  written at c.yaml:3
  overrode "x:3", written at b.yaml:3
  overrode "x:2", written at b.yaml:1
  overrode "x:1", written at a.yaml:3
`);
  });

  it('follows a variable of environment through files, .env and the process environment', async () => {
    const files = {
      'compose.yaml': `services:
  web:
    image: x
    env_file: web.env
    environment:
      - LEVEL=\${LEVEL:-info}
`,
      'compose.override.yaml': 'services: {web: {environment: {LEVEL: "${OTHER}-$LEVEL"}}}\n',
      'web.env': '# one\nLEVEL=${LEVEL}!\n',
      '.env': 'LEVEL=file\nOTHER=${LEVEL}\n',
    };
    expect(await told(files, 'services.web.environment.LEVEL', { environment: { LEVEL: 'shell' } })).toBe(
      `services.web.environment.LEVEL = "shell-shell"
  written at compose.override.yaml:1 as LEVEL: "\${OTHER}-$LEVEL"
  OTHER = "shell" from .env:2
    LEVEL = "shell" from the process environment
  LEVEL = "shell" from the process environment
    overrode "file" from .env:1
  overrode "shell", written at compose.yaml:6 as LEVEL=\${LEVEL:-info}
    LEVEL = "shell" from the process environment
      overrode "file" from .env:1
  overrode "shell!", written at web.env:2 as LEVEL=\${LEVEL}!
    the file is named at compose.yaml:4
    LEVEL = "shell" from the process environment
      overrode "file" from .env:1
`,
    );
  });

  it.each([
    ['${X:-d}', {}, 'X is not set: the default "d" counts'],
    ['${X:-d}', { X: '' }, 'X = "" from the process environment: the default "d" counts'],
    ['${X:+on}', { X: '1' }, 'X = "1" from the process environment: "on" stands for it'],
    ['a$X', {}, 'X is not set, it is left empty'],
    ['a$COMPOSE_PROJECT_NAME', {}, 'COMPOSE_PROJECT_NAME = "proj" from the directory'],
    ['$PWD', {}, 'PWD = "/code/proj" from the directory'],
  ])('tells what a variable did in %s', async (image, environment, line) => {
    const text = await told({ 'compose.yaml': `services: {a: {image: "${image}"}}` }, 'services.a.image', {
      environment,
    });
    expect(text.split('\n').map((words) => words.trim())).toContain(line);
  });

  it('tells of extends and include how the value came', async () => {
    const files = {
      'compose.yaml': 'include:\n  - inc/compose.yaml\n',
      'inc/compose.yaml': 'services:\n  web:\n    extends: {file: base.yaml, service: mid}\n',
      'inc/base.yaml': 'services:\n  mid:\n    extends: root\n    user: m\n  root: {image: x, user: r}\n',
    };
    expect(await told(files, 'services.web.image')).toBe(`services.web.image = "x"
  written at inc/base.yaml:5
  inherited from root, extended at inc/base.yaml:3
  inherited from mid, extended at inc/compose.yaml:3
  included at compose.yaml:2
`);
    expect(await told({ ...files, 'inc/base.yaml': 'services: {mid: {image: x}}' }, 'services.web')).toContain(
      'inherited from mid, extended at inc/compose.yaml:3\n',
    );
    expect(await told({ ...files, 'inc/compose.yaml': 'services: {web: {image: y}}' }, 'services.web.image')).toBe(
      'services.web.image = "y"\n  written at inc/compose.yaml:1\n  included at compose.yaml:2\n',
    );
  });

  it('tells parts of a short form, and defaults', async () => {
    const files = {
      'compose.yaml': 'services:\n  web:\n    image: x\n    ports:\n      - "80"\n      - "${P:-8080}:90"\n',
    };
    expect(await told(files, 'services.web.ports[1].published')).toBe(`services.web.ports[1].published = "8080"
  written at compose.yaml:6 in "\${P:-8080}:90"
  P is not set: the default "8080" counts
`);
    expect(await told(files, 'services.web.ports[1].protocol')).toBe(
      'services.web.ports[1].protocol = "tcp"\n  default, Compose Specification\n',
    );
    expect(await told(files, 'services.web.networks.default')).toBe(
      'services.web.networks.default = null\n  default, Compose Specification\n',
    );
    expect(await told(files, 'networks')).toBe(`networks.default.name = "proj_default"
  default, Compose Specification
  COMPOSE_PROJECT_NAME = "proj" from the directory
`);
  });

  it('tells a list that was replaced as a whole once, for the list or for the item that is asked', async () => {
    const files = {
      'compose.yaml': 'services: {web: {image: x, command: [a, b]}}\n',
      'compose.override.yaml': 'services:\n  web:\n    command: [c]\n',
    };
    expect(await told(files, 'services.web.command')).toBe(`services.web.command = ["c"]
  written at compose.override.yaml:3
  overrode ["a","b"], written at compose.yaml:1

services.web.command[0] = "c"
  written at compose.override.yaml:3
`);
    expect(await told(files, 'services.web.command[0]')).toBe(`services.web.command[0] = "c"
  written at compose.override.yaml:3
  overrode services.web.command = ["a","b"], written at compose.yaml:1
`);
  });

  it('tells what !override laid over, and what !reset took away', async () => {
    const files = {
      'compose.yaml': 'services: {web: {image: x, labels: {a: "1"}, ports: ["80"], expose: ["1"]}}\n',
      'compose.override.yaml': 'services:\n  web:\n    labels: !override {a: "2"}\n    ports: !reset []\n',
    };
    expect(await told(files, 'services.web.labels.a')).toBe(`services.web.labels.a = "2"
  written at compose.override.yaml:3
  overrode "1", written at compose.yaml:1
`);
    const gone = `services.web.ports is not in the project
  removed by !reset at compose.override.yaml:4
  it was [{"mode":"ingress","target":80,"protocol":"tcp"}], written at compose.yaml:1
`;
    expect(await told(files, 'services.web.ports')).toBe(gone);
    expect(await told(files, 'services.web.ports[0].target')).toBe(gone);
    expect(await told(files, 'services.web')).toContain(gone);
    expect(await told(files, 'services.web.expose')).not.toContain('!reset');
  });

  it('tells what a member wins against in a mapping that a merge key brings', async () => {
    const text =
      'x-c: &c {restart: "${R:-no}", labels: {a: "1"}}\nservices:\n  web:\n    <<: *c\n    image: x\n    restart: always\n';
    expect(await told({ 'compose.yaml': text }, 'services.web.restart')).toBe(`services.web.restart = "always"
  written at compose.yaml:6
  overrode "no", written at compose.yaml:1 as "\${R:-no}"
    R is not set: the default "no" counts
`);
  });

  it.each([
    [{ projectName: 'flag' }, 'given with -p\n  overrode "env", taken from the environment'],
    [
      {},
      'taken from the environment\n  COMPOSE_PROJECT_NAME = "env" from .env:1\n  overrode "file", written at compose.yaml:1',
    ],
  ])('tells what decided the name of the project: %j', async (request, words) => {
    const files = { 'compose.yaml': 'name: file\nservices: {a: {image: x}}', '.env': 'COMPOSE_PROJECT_NAME=env\n' };
    expect(await told(files, 'name', request)).toContain(words);
  });

  it('tells the name of the folder, and the names of unused resources', async () => {
    const files = { 'compose.yaml': 'services: {a: {image: x}}\nvolumes: {unused: {driver: local}}' };
    expect(await told(files, 'name')).toBe('name = "proj"\n  the name of the project directory\n');
    expect(await told(files, 'volumes.unused.driver')).toContain('written at compose.yaml:2');
  });

  it('never shows what is in a secret', async () => {
    const files = {
      'compose.yaml':
        'services: {a: {image: x, secrets: [f, e]}}\nsecrets: {f: {file: ./f.txt}, e: {environment: TOKEN}}',
      'f.txt': 'hidden in the file',
    };
    const { values } = await ask(files, ['secrets', 'services'], {
      environment: { TOKEN: 'hidden in the environment' },
    });
    expect(JSON.stringify(values)).toContain('TOKEN');
    expect(JSON.stringify(values)).not.toContain('hidden');
  });

  it('explains several paths, in their order', async () => {
    const { values } = await ask({ 'compose.yaml': 'name: n\nservices: {a: {image: x}}' }, [
      'services.a.image',
      'name',
    ]);
    expect(values.map(({ path, value }) => [path, value])).toEqual([
      ['services.a.image', 'x'],
      ['name', 'n'],
    ]);
  });

  it.each([
    [
      'services.web.imag',
      'there is no services.web.imag: services.web has no "imag"',
      ['did you mean services.web.image?'],
    ],
    [
      'servces.web.image',
      'there is no servces.web.image: the project has no "servces"',
      ['did you mean services.web.image?'],
    ],
    ['services.web.ports[3]', 'there is no services.web.ports[3]: services.web.ports has 1 item, counted from 0', []],
    [
      'services.off',
      'there is no services.off: services has no "off"',
      ['"off" is disabled; enable it with --profile p'],
    ],
    ['services.xyz', 'there is no services.xyz: services has no "xyz"', ['it has web']],
  ])('says of %s what is there instead', async (path, message, details) => {
    const text = 'services: {web: {image: x, ports: ["80"]}, off: {image: y, profiles: [p]}}';
    await expect(ask({ 'compose.yaml': text }, [path])).rejects.toMatchObject({
      code: 'no-such-value',
      message,
      details,
    });
  });

  it('throws every fault of a project that does not load', async () => {
    await expect(ask({ 'compose.yaml': 'services: {a: {imag: x}}' }, ['name'])).rejects.toBeInstanceOf(ProjectError);
  });
});
