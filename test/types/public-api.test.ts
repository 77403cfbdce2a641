/**
 * What users of the library rely on, checked by the compiler alone: this file is never run. A line that has to be refused
 * carries an expectation, which fails to compile once it is accepted.
 */
import {
  type ActionResult,
  type ContainerRow,
  down,
  type Engine,
  isTopsailError,
  type LoadedProject,
  load,
  logs,
  type Plan,
  type Project,
  plan,
  ps,
  type TopsailEvent,
  up,
} from '../../src/index.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only for `true`. */
export type Holds<T extends true> = T;

/** The results of the functions. */
export type Results = [
  Holds<Equal<Awaited<ReturnType<typeof load>>, LoadedProject>>,
  Holds<Equal<Awaited<ReturnType<typeof plan>>, Plan>>,
  Holds<Equal<Awaited<ReturnType<typeof up>>, ActionResult>>,
  Holds<Equal<Awaited<ReturnType<typeof down>>, ActionResult>>,
  Holds<Equal<Awaited<ReturnType<typeof ps>>, readonly ContainerRow[]>>,
];

/** Uses that compile, and uses that must not. */
export async function uses(project: Project, engine: Engine, signal: AbortSignal): Promise<void> {
  await up('compose.yaml', { wait: true, waitTimeoutSeconds: 60, signal });
  await up({ files: ['a.yaml', 'b.yaml'], profiles: ['debug'] }, { targets: ['web'], engine });
  await up(project, { scale: new Map([['web', 2]]), onEvent: tell });
  tellLine('plan', (await plan(project, { removeOrphans: true })).project);
  for (const { service, exitCode } of await ps({ name: 'shop' }, { all: true })) tellLine(service, String(exitCode));
  await down({ name: 'shop' }, { volumes: true, images: 'local' });
  for await (const { source, text } of logs('.', { follow: true, services: ['web'], signal }))
    tellLine(source.service, text);

  // @ts-expect-error a name alone is no project that could be started
  await up({ name: 'shop' });
  // @ts-expect-error there is no such recreate strategy
  await up('compose.yaml', { recreate: 'sometimes' });
  // @ts-expect-error images are local or all
  await down('compose.yaml', { images: 'some' });
  const loaded = await load('compose.yaml');
  // @ts-expect-error a project is immutable
  loaded.project.name = 'other';
}

function tell(event: TopsailEvent): void {
  if (event.type === 'node-ended' && event.outcome === 'failed') tellLine(event.name, event.error?.message ?? '');
  // @ts-expect-error only some events have an outcome
  tellLine(event.outcome, '');
}

function tellLine(source: string, text: string): void {
  tellError(`${source}: ${text}`);
}

function tellError(thrown: unknown): string {
  return isTopsailError(thrown) ? `${thrown.code} ${thrown.message} ${thrown.details.join()}` : '';
}
