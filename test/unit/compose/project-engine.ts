import { createMemoryEngine, type MemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';

/** A container of a project, for an engine that is made for one test. */
export interface ProjectContainer {
  readonly service: string;
  readonly project?: string;
  readonly number?: number;
  readonly oneOff?: boolean;
  readonly state?: 'created' | 'exited';
  readonly image?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** An engine at the start of 2026 with these containers of the project `p`. */
export async function engineWith(...containers: readonly ProjectContainer[]): Promise<MemoryEngine> {
  const engine = createMemoryEngine({ images: ['app:1', 'other:2'], now: () => Date.parse('2026-01-01T00:00:00Z') });
  for (const {
    service,
    project = 'p',
    number = 1,
    oneOff = false,
    state,
    image = 'app:1',
    labels,
    body,
  } of containers) {
    const name = oneOff ? `${project}-${service}-run-1` : `${project}-${service}-${number}`;
    const { id } = await engine.containers.create({
      name,
      body: {
        Image: image,
        Labels: {
          'com.docker.compose.project': project,
          'com.docker.compose.service': service,
          'com.docker.compose.config-hash': 'x',
          'com.docker.compose.oneoff': oneOff ? 'True' : 'False',
          ...(oneOff ? {} : { 'com.docker.compose.container-number': String(number) }),
          ...labels,
        },
        ...body,
      },
    });
    if (state !== 'created') await engine.containers.start(id);
    if (state === 'exited') engine.control.exit(name, 3);
  }
  return engine;
}
