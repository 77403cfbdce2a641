import type { Project } from '../project/project.ts';

/** `DOCKER_DEFAULT_PLATFORM` of the project's environment, for services without a platform. */
export function defaultPlatformOf(project: Project): string | undefined {
  const platform = project.origin.environment['DOCKER_DEFAULT_PLATFORM'];
  return platform === '' ? undefined : platform;
}
