import { runProcess } from './run-process.ts';

/** How git is run. */
export interface GitSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** Variables that would lead git to another repository than the one it is told to use, as hooks of git set them. */
const repositoryVariables: readonly string[] = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_SHALLOW_FILE',
];

/** What git does by itself of which none is wanted: hooks, background work, other transports. */
const settings: readonly string[] = [
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'gc.auto=0',
  '-c',
  'maintenance.auto=false',
  '-c',
  'advice.detachedHead=false',
];

/**
 * Runs git so that it never asks: neither for a password nor whether a host is to be trusted. Rejects with an Error of
 * `code` `ENOENT` if there is no git, and with the signal's reason when aborted.
 */
export function runGit(
  parameters: readonly string[],
  { environment, signal }: GitSurroundings,
): ReturnType<typeof runProcess> {
  return runProcess('git', [...settings, ...parameters], {
    environment: gitEnvironment(environment),
    ...(signal === undefined ? {} : { signal }),
  });
}

function gitEnvironment(environment: GitSurroundings['environment']): Record<string, string | undefined> {
  const result: Record<string, string | undefined> = { ...environment };
  for (const name of repositoryVariables) delete result[name];
  result['GIT_ALLOW_PROTOCOL'] = 'https:http:ssh:git';
  result['GIT_TERMINAL_PROMPT'] = result['GIT_TERMINAL_PROMPT'] || '0';
  if (!result['GIT_SSH'] && !result['GIT_SSH_COMMAND']) {
    result['GIT_SSH_COMMAND'] = 'ssh -o ControlMaster=no -o BatchMode=yes';
  }
  return result;
}
