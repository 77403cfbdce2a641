import { onTestFinished } from 'vitest';
import { callEngine, ofProject, readEngine } from './engine-api.ts';
import { openScenario, type Scenario } from './scenario.ts';

/** One image in the engine's list. */
export interface ListedImage {
  readonly Id: string;
  readonly RepoTags: readonly string[] | null;
  readonly Labels: Readonly<Record<string, string>>;
}

/** The images that were built for the project of a scenario. */
export function projectImages(scenario: Scenario): Promise<readonly ListedImage[]> {
  return readEngine(`/images/json?${ofProject(scenario.project)}`);
}

/** A scenario whose images go with it. */
export function openBuildScenario(directory: string, environment: Readonly<Record<string, string>> = {}): Scenario {
  const names: { scenario?: Scenario } = {};
  // What is registered first runs last: the containers go before their images.
  onTestFinished(async () => {
    if (names.scenario === undefined) return;
    for (const { Id } of await projectImages(names.scenario)) await callEngine('DELETE', `/images/${Id}?force=1`);
  });
  const scenario = openScenario(directory, environment);
  names.scenario = scenario;
  return scenario;
}
