import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { callEngine, ofProject, readEngine } from './engine-api.ts';
import { type CommandResult, TopsailProcess } from './topsail-process.ts';

/** A container as the engine lists it. */
export interface ListedContainer {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly State: string;
  readonly Status: string;
  readonly Created: number;
  readonly Labels: Readonly<Record<string, string>>;
  readonly Mounts: readonly { readonly Type: string; readonly Name?: string; readonly Destination: string }[];
}

/** What of an inspected container the scenarios look at. */
export interface InspectedContainer {
  readonly Id: string;
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly StartedAt: string;
    readonly FinishedAt: string;
  };
  readonly HostConfig: Readonly<Record<string, unknown>>;
}

/** Everything on the engine that carries the project's label, sorted. */
export interface Leftovers {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
}

/** One run of a scenario's project folder: a name of its own on the engine, removed afterwards whatever happened. */
export class Scenario {
  readonly project: string;
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly #record: string[] = [];

  constructor(directory: string, environment: Readonly<Record<string, string>>) {
    this.directory = directory;
    this.project = `topsail-${basename(directory).toLowerCase() || 'root'}-${randomBytes(4).toString('hex')}`;
    const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
    this.environment = {
      ...inherited,
      TOPSAIL_TEST_BUSYBOX: inherited['TOPSAIL_TEST_BUSYBOX'] ?? 'busybox:latest',
      COMPOSE_PROJECT_NAME: this.project,
      // Tests that look for no write at all run beside tests that kill the owners of copies.
      TOPSAIL_NO_SWEEP: '1',
      ...environment,
    };
  }

  /** Starts a command and gives it while it runs. */
  start(...words: readonly string[]): TopsailProcess {
    const running = new TopsailProcess(words, this);
    running.ended.then(
      (result) =>
        this.#record.push(
          `$ topsail ${words.join(' ')}\n${result.stdout}${result.stderr}[exit ${String(result.exitCode)}]`,
        ),
      () => {},
    );
    return running;
  }

  /** Runs a command to its end. */
  run(...words: readonly string[]): Promise<CommandResult> {
    return this.start(...words).ended;
  }

  /** Runs a command that has to end well. */
  async succeed(...words: readonly string[]): Promise<CommandResult> {
    const result = await this.run(...words);
    if (result.exitCode !== 0)
      throw new Error(
        `topsail ${words.join(' ')}: exit ${String(result.exitCode)}\n${result.stdout}\n${result.stderr}`,
      );
    return result;
  }

  containers(): Promise<readonly ListedContainer[]> {
    return readEngine(`/containers/json?all=1&${ofProject(this.project)}`);
  }

  /** The container of a service's first replica. */
  inspect(service: string): Promise<InspectedContainer> {
    return readEngine(`/containers/${this.project}-${service}-1/json`);
  }

  /** What the engine still holds of the project. */
  async leftovers(): Promise<Leftovers> {
    const [containers, networks, volumes] = await Promise.all([
      this.containers(),
      readEngine<readonly { Name: string }[]>(`/networks?${ofProject(this.project)}`),
      readEngine<{ Volumes: readonly { Name: string }[] | null }>(`/volumes?${ofProject(this.project)}`),
    ]);
    return {
      containers: containers.map((container) => container.Names[0] ?? container.Id).toSorted(),
      networks: networks.map((network) => network.Name).toSorted(),
      volumes: (volumes.Volumes ?? []).map((volume) => volume.Name).toSorted(),
    };
  }

  /** Removes by label, without a word of ours in between. */
  async remove(): Promise<void> {
    const containers = await this.containers();
    for (const { Id } of containers) await callEngine('DELETE', `/containers/${Id}?force=1&v=1`);
    // An anonymous volume that was handed on to another container counts as named there.
    const anonymous = containers.flatMap(({ Mounts }) =>
      Mounts.flatMap(({ Name = '' }) => Name.match(/^[0-9a-f]{64}$/) ?? []),
    );
    for (const name of new Set(anonymous)) await callEngine('DELETE', `/volumes/${name}`);
    const { networks, volumes } = await this.leftovers();
    for (const name of networks) await callEngine('DELETE', `/networks/${encodeURIComponent(name)}`);
    for (const name of volumes) await callEngine('DELETE', `/volumes/${encodeURIComponent(name)}?force=1`);
  }

  /** Writes what was run and what the engine holds to test-artefacts/, for whoever has to find out why. */
  async keepArtefacts(test: string): Promise<void> {
    const folder = fileURLToPath(new URL('../../../test-artefacts/', import.meta.url));
    const containers = await this.containers();
    const logs = await Promise.all(
      containers.map(async ({ Id, Names }) => {
        const { body } = await callEngine('GET', `/containers/${Id}/logs?stdout=1&stderr=1&tail=50`);
        return `--- logs of ${Names.join(' ')}\n${String(body)}`;
      }),
    );
    const text = [...this.#record, JSON.stringify(containers, undefined, 2), ...logs].join('\n\n');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${this.project}-${test.replaceAll(/\W+/g, '-').slice(0, 60)}.txt`), text);
  }
}

/** Opens a scenario for the running test; it is removed when the test ends, and keeps artefacts if the test fails. */
export function openScenario(directory: string, environment: Readonly<Record<string, string>> = {}): Scenario {
  const scenario = new Scenario(directory, environment);
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await scenario.keepArtefacts(task.name);
    await scenario.remove();
  });
  return scenario;
}
