import type { ContainerCreateRequest } from '../../src/engine/container.ts';
import type { Engine, OutputChunk } from '../../src/engine/engine.ts';
import { runId, runLabels } from './engines-under-test.ts';
import { scripts, shell } from './memory-processes.ts';

let names = 0;

/** A name that nothing else on the engine has. */
export function newName(): string {
  names += 1;
  return `${runId}-${process.pid}-${names}`;
}

/** Makes a container that runs until it is stopped, unless the request says otherwise, and gives its id. */
export async function createContainer(
  engine: Engine,
  image: string,
  request: Partial<ContainerCreateRequest> = {},
  name: string = newName(),
): Promise<string> {
  const body = { Image: image, Cmd: shell(scripts.wait), Labels: runLabels, ...request };
  return (await engine.containers.create({ name, body })).id;
}

/** As {@link createContainer}, and starts it. */
export async function startContainer(
  engine: Engine,
  image: string,
  request: Partial<ContainerCreateRequest> = {},
): Promise<string> {
  const id = await createContainer(engine, image, request);
  await engine.containers.start(id);
  return id;
}

/** Reads output to its end. */
export async function collect(
  output: AsyncIterable<OutputChunk>,
): Promise<{ stdout: string; stderr: string; text: string }> {
  const seen = { stdout: '', stderr: '', text: '' };
  const decoder = new TextDecoder();
  for await (const { stream, data } of output) {
    const text = decoder.decode(data);
    seen[stream] += text;
    seen.text += text;
  }
  return seen;
}
