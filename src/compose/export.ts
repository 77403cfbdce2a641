import type { ComposePorts } from './ports.ts';
import { serviceContainer } from './service-container.ts';

/** Which container is exported or made an image of. */
export interface ExportOptions {
  readonly service: string;
  /** Replica number; 0, the default, is the lowest one that runs. */
  readonly index?: number;
  readonly signal?: AbortSignal;
}

/** The file system of a running container as a tar, and the container's name. Throws `service-not-running` and EngineError. */
export async function exportContainer(
  ports: Pick<ComposePorts, 'engine'>,
  project: string,
  options: ExportOptions,
): Promise<{ readonly name: string; readonly tar: AsyncIterable<Uint8Array> }> {
  const { id, name } = await serviceContainer(ports, project, options);
  const call = options.signal === undefined ? {} : { signal: options.signal };
  return { name, tar: ports.engine.containers.exportFiles(id, call) };
}
