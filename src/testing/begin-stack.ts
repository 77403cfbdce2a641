import { up as upProject } from '../compose/up.ts';
import type { UpOptions } from '../compose/up-options.ts';
import { instance } from '../library/instance.ts';
import { lease, share } from '../library/lease.ts';
import { defaultInputs, openPorts } from '../library/open-engine.ts';
import { type StackSource, sourceOf } from './source-of.ts';
import { StackState } from './stack-state.ts';
import type { StackOptions } from './up.ts';

/** A stack that runs, and how to end it. */
export interface BegunStack {
  readonly state: StackState;
  /** Whether others may go on with it when it has ended here. */
  readonly isShared: boolean;
  readonly end: () => Promise<void>;
}

/** What beginning takes beside what a test says. */
export type BeginOptions = StackOptions & { readonly signal: AbortSignal; readonly waitTimeoutSeconds: number };

/** Brings up a copy that only this process has. Throws as `up` of the library, with nothing left behind unless asked for. */
export async function beginOwn(source: StackSource, options: BeginOptions): Promise<BegunStack> {
  const copy = await instance(await sourceOf(source, options), { leased: true, ...isolation(options) });
  const { ports, release: close } = await openPorts(options);
  try {
    const kept = await lease(copy, options);
    try {
      const upOptions = { ...(await defaultInputs(ports)), ...policyOf(options), written: copy };
      await upProject(ports, copy.project, { ...upOptions, wait: true, signal: options.signal });
      const end = async (): Promise<void> => {
        await kept.end();
        await close();
      };
      return { state: new StackState(ports, copy.project, upOptions), isShared: false, end };
    } catch (error) {
      if (options.keepOnFailure !== true) await kept.end();
      throw error;
    }
  } catch (error) {
    await close();
    throw error;
  }
}

/** Takes part in a copy that processes with the same key share. Throws as {@link beginOwn}. */
export async function beginShared(
  source: StackSource,
  options: BeginOptions & { readonly share: string },
): Promise<BegunStack> {
  const { share: key } = options;
  const policy = policyOf(options);
  const choice = { ...isolation(options), ...policy, ...engineOf(options), signal: options.signal };
  const shared = await share(await sourceOf(source, options), { ...choice, key });
  const { ports, release: close } = await openPorts(options);
  const upOptions = { ...(await defaultInputs(ports)), ...policy, written: shared.copy };
  const end = async (): Promise<void> => {
    try {
      await shared.release();
    } finally {
      await close();
    }
  };
  return { state: new StackState(ports, shared.copy.project, upOptions), isShared: true, end };
}

function policyOf({ scale, onEvent, build, waitTimeoutSeconds }: BeginOptions): UpOptions {
  return {
    waitTimeoutSeconds,
    ...(scale === undefined ? {} : { scale: new Map(Object.entries(scale)) }),
    ...(onEvent === undefined ? {} : { onEvent }),
    ...(build === true ? { build: 'always' } : {}),
  };
}

function isolation({ isolate }: StackOptions): { readonly isolate?: 'warn' | 'strict' } {
  return isolate === undefined ? {} : { isolate };
}

function engineOf({ engine, host, context }: StackOptions): Pick<StackOptions, 'engine' | 'host' | 'context'> {
  return {
    ...(engine === undefined ? {} : { engine }),
    ...(host === undefined ? {} : { host }),
    ...(context === undefined ? {} : { context }),
  };
}
