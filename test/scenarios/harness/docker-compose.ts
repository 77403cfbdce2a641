import type { TestContext } from 'vitest';
import { runAny } from './any-command.ts';
import type { Scenario } from './scenario.ts';
import type { CommandResult } from './topsail-process.ts';

/** `docker compose` on a scenario's project. */
export type DockerCompose = (...words: readonly string[]) => Promise<CommandResult>;

/** The `docker compose` of this machine, which has to end well; without it the test counts as not available here. */
export async function needDockerCompose({ skip }: TestContext, scenario: Scenario): Promise<DockerCompose> {
  const { directory, environment } = scenario;
  const run = (...words: readonly string[]): Promise<CommandResult> =>
    runAny('docker', ['compose', ...words], { directory, environment });
  const { exitCode } = await run('version');
  if (exitCode !== 0) skip('not available here: the docker compose command');
  return async (...words) => {
    const result = await run(...words);
    if (result.exitCode !== 0) throw new Error(`docker compose ${words.join(' ')}: ${result.stdout}${result.stderr}`);
    return result;
  };
}
