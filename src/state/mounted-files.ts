import type { Config, Project, Secret } from '../project/project.ts';
import type { FileReference, Service } from '../project/service.ts';
import type { InjectedFile } from './desired-state.ts';

/** Where a service reads a config or secret, and where its bytes come from. */
export type MountedFile =
  | { readonly kind: 'bind'; readonly source: string; readonly target: string }
  /** `path` leads to the reference in the file. */
  | { readonly kind: 'inject'; readonly path: string; readonly file: InjectedFile }
  /** An environment variable that is not set. */
  | { readonly kind: 'unset'; readonly path: string; readonly variable: string };

/**
 * The configs and secrets of a service (spec-facts sections 24.8 to 24.10): files become read-only binds, content and
 * environment values are copied into the created container. What has another source yields nothing.
 */
export function mountedFiles(project: Project, name: string, service: Service): readonly MountedFile[] {
  const environment = project.origin.environment;
  const each = (
    references: readonly FileReference[] | undefined,
    list: 'configs' | 'secrets',
    directory: string,
  ): readonly MountedFile[] =>
    (references ?? []).flatMap((reference, index) => {
      const source: Config | Secret | undefined = project[list][reference.source];
      if (source === undefined) return [];
      const path = `services.${name}.${list}.${index}`;
      return mountedFile(source, reference, targetIn(directory, reference), path, environment);
    });
  return [...each(service.secrets, 'secrets', '/run/secrets/'), ...each(service.configs, 'configs', '/')];
}

function targetIn(directory: string, reference: FileReference): string {
  const target = reference.target ?? '';
  if (target === '') return directory + reference.source;
  return target.startsWith('/') ? target : directory + target;
}

function mountedFile(
  source: Config | Secret,
  reference: FileReference,
  target: string,
  path: string,
  environment: Project['origin']['environment'],
): readonly MountedFile[] {
  if (source.file !== undefined) return [{ kind: 'bind', source: source.file, target }];
  if (source.environment !== undefined) {
    const value = environment[source.environment];
    if (value === undefined) return [{ kind: 'unset', path, variable: source.environment }];
    return [{ kind: 'inject', path, file: injected(reference, target, value) }];
  }
  const content = 'content' in source ? source.content : undefined;
  return content === undefined ? [] : [{ kind: 'inject', path, file: injected(reference, target, content) }];
}

function injected(reference: FileReference, path: string, content: string): InjectedFile {
  return {
    path,
    content,
    mode: Number.parseInt(reference.mode ?? '0444', 8),
    uid: identity(reference.uid),
    gid: identity(reference.gid),
  };
}

/** A user or group number; names cannot be looked up in a container that does not exist yet, they count as 0. */
function identity(text: string | undefined): number {
  const number = Number(text ?? 0);
  return Number.isInteger(number) && number >= 0 ? number : 0;
}
