import { TopsailError } from '../diagnostics/topsail-error.ts';
import { parseImageReference } from '../engine/image-reference.ts';
import type { ExportOptions } from './export.ts';
import type { ComposePorts } from './ports.ts';
import { serviceContainer } from './service-container.ts';

/** What `commit` may be told. */
export interface CommitOptions extends ExportOptions {
  /** `REPOSITORY[:TAG]`; without it the image has no name. */
  readonly reference?: string;
  readonly author?: string;
  readonly message?: string;
  /** Instructions of a Dockerfile. */
  readonly changes?: readonly string[];
  /** Whether the container rests meanwhile. Default true. */
  readonly pause?: boolean;
  /** Only finds the container. */
  readonly dryRun?: boolean;
  /** Told which container it is before it begins. */
  readonly onContainer?: (name: string) => void;
}

/**
 * Makes an image of a running container; a dry run makes none. Throws `service-not-running`, `image-reference` for a name that no image can have, and
 * EngineError.
 */
export async function commit(
  ports: Pick<ComposePorts, 'engine'>,
  project: string,
  options: CommitOptions,
): Promise<{ readonly image: string | undefined; readonly container: string }> {
  const { author, message, changes = [], pause, signal, onContainer } = options;
  const { id, name } = await serviceContainer(ports, project, options);
  onContainer?.(name);
  const request = {
    ...imageName(options.reference),
    ...(author === undefined ? {} : { author }),
    ...(message === undefined ? {} : { message }),
    ...(changes.length === 0 ? {} : { changes }),
    pause: pause !== false,
  };
  if (options.dryRun === true) return { image: undefined, container: name };
  const image = await ports.engine.containers.commit(id, request, signal === undefined ? {} : { signal });
  return { image, container: name };
}

function imageName(text: string | undefined): { readonly repository?: string; readonly tag?: string } {
  if (text === undefined) return {};
  const reference = parseImageReference(text);
  if ('problem' in reference) throw invalidReference(reference.problem);
  const { registry, repository, tag, digest } = reference;
  if (digest !== undefined) throw invalidReference(`${text} has a digest, which only the image itself decides`);
  return { repository: `${registry}/${repository}`, ...(tag === undefined ? {} : { tag }) };
}

function invalidReference(problem: string): TopsailError {
  return new TopsailError('image-reference', `invalid reference format: ${problem}`);
}
