import { describe, expect, it } from 'vitest';
import { loadProject } from '../../../src/loader/load-project.ts';
import { markOrigins } from '../../../src/loader/mark-origins.ts';
import { renderConfig } from '../../../src/loader/render-config.ts';
import { loadCompose, projectFiles } from '../../fakes/load-compose.ts';
import { memorySourceReader } from '../../fakes/memory-source-reader.ts';
import type { MergedProject } from './provenance/merged-project.ts';
import { mergedProjects } from './provenance/projects.ts';

const shortName = (file: string): string => file.replace('/code/proj/', '');

async function marked({ files, request }: MergedProject): Promise<{ readonly plain: string; readonly text: string }> {
  const { project, provenance } = await loadProject(
    {
      workingDirectory: '/code/proj',
      environment: {},
      homeDirectory: '/home/me',
      provenance: true,
      checkConsistency: false,
      ...request,
    },
    memorySourceReader(projectFiles(files)),
    { keepExtensions: true },
  );
  if (project === undefined || provenance === undefined) throw new Error('the project does not load');
  const plain = renderConfig(project, 'yaml');
  return { plain, text: markOrigins(plain, provenance, shortName) };
}

describe('markOrigins', () => {
  it('puts where it comes from behind each line', async () => {
    const { text } = await marked({
      files: {
        'compose.yaml': `services:
  web:
    image: "nginx:\${TAG}"
    links: [db]
    command:
      - |-
        two
        lines
    env_file: [web.env]
    environment: [HOME, "MODE=\${MODE:-dev}", "NONE=\${NONE}"]
    ports: ["80:80"]
  db: {image: postgres}
`,
        'compose.override.yaml': 'services: {db: {image: "postgres:16"}}\n',
        'web.env': 'FROM=file\n',
        '.env': 'TAG=1\n',
      },
      request: { environment: { HOME: '/root' }, projectName: 'demo' },
    });
    expect(text.replaceAll(/ +# /g, ' # ')).toBe(`name: demo # -p
services: # compose.override.yaml:1
  db: # compose.override.yaml:1
    image: postgres:16 # compose.override.yaml:1
    networks: # default
      default: null # default
  web: # compose.yaml:2
    command: # compose.yaml:5
      - |- # compose.yaml:6
        two
        lines
    depends_on: # implied by compose.yaml:4
      db: # implied by compose.yaml:4
        condition: service_started # implied by compose.yaml:4
        restart: true # implied by compose.yaml:4
        required: true # implied by compose.yaml:4
    environment: # compose.yaml:10
      FROM: file # web.env:1
      HOME: /root # compose.yaml:10, HOME from the environment
      MODE: dev # compose.yaml:10, default for MODE
      NONE: "" # compose.yaml:10, NONE not set
    image: nginx:1 # compose.yaml:3, TAG from .env:1
    links: # compose.yaml:4
      - db # compose.yaml:4
    networks: # default
      default: null # default
    ports: # compose.yaml:11
      - mode: ingress # default
        target: 80 # compose.yaml:11
        published: "80" # compose.yaml:11
        protocol: tcp # default
networks: # default
  default: # default
    name: demo_default # default, COMPOSE_PROJECT_NAME from -p
`);
  });

  it.each(Object.entries(mergedProjects))('leaves the YAML what it is: %s', async (_, project) => {
    const { plain, text } = await marked(project);
    const [before, after] = await Promise.all(
      [plain, text].map((compose) => loadCompose(compose, { request: { checkConsistency: false } })),
    );
    expect(after?.diagnostics).toEqual(before?.diagnostics);
    expect(after?.project).toEqual(before?.project);
    expect(before?.project).toBeDefined();
  });

  it('keeps a comment on its line whatever a file is called', async () => {
    const { provenance, project } = await loadCompose('services: {a: {image: x}}', { request: { provenance: true } });
    if (project === undefined || provenance === undefined) throw new Error('the project does not load');
    const text = markOrigins(renderConfig(project, 'yaml'), provenance, () => 'a\nservices: {evil: {}}\u2028b');
    expect(text.split('\n').filter((line) => line !== '' && !line.includes(' # '))).toEqual([]);
  });
});
