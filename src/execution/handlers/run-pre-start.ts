import { isEngineError } from '../../engine/engine-error.ts';
import type { OperationOf } from '../../plan/operation.ts';
import { hasOpenReference } from '../../state/container-references.ts';
import { awaitCondition } from '../await-condition.ts';
import { hookFailed } from '../operation-failures.ts';
import type { OperationHandler, Step } from '../operation-handler.ts';
import { createOutputTail } from '../output-tail.ts';
import { untilUnambiguous } from '../until-unambiguous.ts';

type PreStart = OperationOf<'run-pre-start'>;

/**
 * Runs a hook in a container of its own, with the volumes of a container of its service, and removes it. One that failed
 * stays, so that it can be looked at.
 */
export const runPreStart: OperationHandler<'run-pre-start'> = {
  lane: 'none',
  run: async (operation, step) => {
    const { clock, engine, signal } = step;
    const id = await create(operation, step);
    try {
      await untilUnambiguous(clock, signal, () => engine.containers.start(id, { signal }));
      const output = await follow(id, step);
      await awaitCondition(step, { id, ready: undefined }, 'completed', signal);
      const { Name: name, State: state } = await engine.containers.inspect(id, { signal });
      if (state.ExitCode !== 0) throw failure(operation, state.ExitCode, name.replace(/^\//, ''), output);
    } catch (error) {
      if (signal.aborted) await discard(id, step);
      throw error;
    }
    await discard(id, step);
    return { changed: true, id };
  },
};

async function create(operation: PreStart, { clock, engine, signal, resolve }: Step): Promise<string> {
  const { request, platform, volumesFrom, connect } = operation;
  const owner = resolve(volumesFrom);
  const body = { ...request, HostConfig: { ...request.HostConfig, VolumesFrom: [owner] } };
  if (hasOpenReference(request.HostConfig?.NetworkMode)) {
    // The container of the service knows by now whose network it shares.
    const { HostConfig: host } = await engine.containers.inspect(owner, { signal });
    if (host.NetworkMode !== undefined) body.HostConfig = { ...body.HostConfig, NetworkMode: host.NetworkMode };
  }
  const settled = <Result>(call: () => Promise<Result>): Promise<Result> => untilUnambiguous(clock, signal, call);
  const { id } = await settled(() =>
    engine.containers.create({ ...(platform === undefined ? {} : { platform }), body }, { signal }),
  );
  for (const network of connect) await settled(() => engine.networks.connect(network, id, {}, { signal }));
  return id;
}

/** Tells the lines of the container until it has ended, and gives the last ones. */
async function follow(id: string, { engine, signal, progress }: Step): Promise<readonly string[]> {
  const output = createOutputTail((text) => progress({ text }));
  try {
    for await (const chunk of engine.containers.logs(id, { follow: true, tty: false }, { signal })) output.take(chunk);
  } catch (error) {
    // A log driver that cannot be read is no fault of the hook.
    if (signal.aborted || !isEngineError(error)) throw error;
  }
  output.end();
  return output.last();
}

function failure({ service, index }: PreStart, code: number, name: string, output: readonly string[]): Error {
  const kept = `its container ${name} is kept until the next up or down`;
  const exit = `service ${JSON.stringify(service)} pre_start[${index}] exited with code ${code}`;
  return hookFailed({}, exit, kept, output);
}

async function discard(id: string, { engine }: Step): Promise<void> {
  try {
    await engine.containers.remove(id, { force: true, volumes: true });
  } catch (error) {
    if (!isEngineError(error)) throw error;
  }
}
