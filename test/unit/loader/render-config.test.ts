import { describe, expect, it } from 'vitest';
import { loadProject, loadRawModel } from '../../../src/loader/load-project.ts';
import { type ConfigFormat, renderConfig, renderRawModel } from '../../../src/loader/render-config.ts';
import { projectFiles } from '../../fakes/load-compose.ts';
import { memorySourceReader } from '../../fakes/memory-source-reader.ts';

const request = { workingDirectory: '/code/proj', environment: {} };

async function render(text: string, format: ConfigFormat): Promise<string> {
  const reader = memorySourceReader(projectFiles(text));
  const { project } = await loadProject(request, reader, { keepExtensions: format === 'yaml' });
  if (project === undefined) throw new Error('the text is wrong');
  return renderConfig(project, format);
}

async function renderRaw(text: string, format: ConfigFormat): Promise<string> {
  const reader = memorySourceReader(projectFiles(text));
  const { model, projectName } = await loadRawModel({ ...request, interpolate: false }, reader);
  if (model === undefined || projectName === undefined) throw new Error('the text is wrong');
  return renderRawModel(model, projectName, format);
}

const text = `name: demo
services:
  web:
    image: nginx
    command: echo "$$HOME"
    deploy: {x-d: 1}
    ulimits: {core: 0, nofile: {soft: 0, hard: 5}}
    blkio_config: {device_read_bps: [{path: /dev/sda, rate: 1k}]}
    develop: {watch: [{path: /src, action: rebuild, x-w: 1}]}
    post_start: [{command: [a]}]
    x-mine: {k: []}
volumes: {unused: }
models: {m: {model: ai/x}}
x-top: {list: []}
`;

describe('renderConfig', () => {
  it('prints YAML as Docker Compose does', async () => {
    expect(await render(text, 'yaml')).toBe(`name: demo
services:
  web:
    develop:
      watch:
        - path: /src
          action: rebuild
          x-w: 1
    blkio_config:
      device_read_bps:
        - path: /dev/sda
          rate: "1024"
    command:
      - echo
      - $$HOME
    deploy:
      x-d: 1
    image: nginx
    networks:
      default: null
    ulimits:
      core:
        soft: 0
        hard: 0
      nofile:
        soft: 0
        hard: 5
    post_start:
      - command:
          - a
    x-mine:
      k: []
networks:
  default:
    name: demo_default
x-top:
  list: []
`);
  });

  it('prints JSON with what YAML leaves out, and without nested extensions', async () => {
    expect(JSON.parse(await render(text, 'json'))).toEqual({
      name: 'demo',
      networks: { default: { name: 'demo_default', ipam: {} } },
      services: {
        web: {
          command: ['echo', '$$HOME'],
          entrypoint: null,
          image: 'nginx',
          deploy: { resources: {}, placement: {} },
          ulimits: { core: {}, nofile: { hard: 5 } },
          blkio_config: { device_read_bps: [{ Path: '/dev/sda', Rate: '1024' }] },
          develop: { watch: [{ path: '/src', action: 'rebuild', exec: { command: null } }] },
          networks: { default: null },
          post_start: [{ command: ['a'] }],
        },
      },
      'x-top': { list: null },
    });
  });

  it.each(['json', 'yaml'] as const)('prints %s that loads as the same project', async (format) => {
    const plain = text.replace(/^ {4}(?:blkio|ulimits).*\n/gm, '');
    const printed = await render(plain, format);
    expect(await render(printed, format)).toBe(printed);
  });
});

describe('renderRawModel', () => {
  it('orders keys as numbers count in YAML, by their characters in JSON', async () => {
    const services = 'services: {a10: {image: x}, a9: {image: y}}';
    const order = async (format: ConfigFormat): Promise<RegExpMatchArray | null> =>
      (await renderRaw(services, format)).match(/a\d+/g);
    expect(await order('yaml')).toEqual(['a9', 'a10']);
    expect(await order('json')).toEqual(['a10', 'a9']);
  });

  it('keeps templates, sorts keys and doubles nothing', async () => {
    expect(await renderRaw('services: {b: {image: "x:${TAG}"}, a: {image: "$$y", environment: [B=1]}}', 'yaml')).toBe(
      `name: proj
networks:
  default:
    name: proj_default
services:
  a:
    environment:
      - B=1
    image: $$y
    networks:
      default: null
  b:
    image: x:\${TAG}
    networks:
      default: null
`,
    );
  });
});

it('sorts what extensions hold in JSON', async () => {
  const json = await render('services: {a: {image: x}}\nx-top: {b: {d: 1, c: 2}, a: 3}', 'json');
  expect(json).toContain('"a": 3,\n    "b": {\n      "c": 2,\n      "d": 1');
});
