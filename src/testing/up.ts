import type { LoadedProject } from '../compose/load-project-strictly.ts';
import type { UpOptions } from '../compose/up-options.ts';
import { isTopsailError, TopsailError } from '../diagnostics/topsail-error.ts';
import { isEngineError } from '../engine/engine-error.ts';
import type { EngineChoice } from '../library/open-engine.ts';
import type { Project } from '../project/project.ts';
import { type BeginOptions, beginOwn, beginShared } from './begin-stack.ts';
import type { StackSource } from './source-of.ts';
import { Stack } from './stack.ts';
import type { StackFiles } from './stack-files.ts';
import type { ComposeObject, ShapeOf } from './stack-shape.ts';
import { followUnfinished } from './unfinished.ts';
import { wholeDiagnosis } from './whole-diagnosis.ts';

/** How a stack is brought up for a test. */
export interface StackOptions extends EngineChoice {
  /** Ends the call, and what it has started by then. */
  readonly signal?: AbortSignal;
  /** Milliseconds that everything may take until it is ready. Default 120,000. */
  readonly timeout?: number;
  /** Variables for the file, over those of the process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly profiles?: readonly string[];
  /** More files, merged over the first one. */
  readonly files?: readonly string[];
  /** Numbers of containers, by service. */
  readonly scale?: Readonly<Record<string, number>>;
  /** Only these services, with what they depend on. */
  readonly services?: readonly string[];
  /** Build images anew first. */
  readonly build?: boolean;
  /** What failed to start is left for looking at, until the process ends. */
  readonly keepOnFailure?: boolean;
  /** `strict` refuses what the stack would share with others: the host's network, external volumes, writable folders. */
  readonly isolate?: 'warn' | 'strict';
  /** Processes that give the same key get the same running stack; the last one out ends it. */
  readonly share?: string;
  /** Told of everything that happens, in the words of the event stream. */
  readonly onEvent?: UpOptions['onEvent'];
}

const defaultTimeout = 120_000;

/** A wait that takes all the time can tell what it waited for, and why it was in vain; an abort cannot. So waits end first. */
const grace = 5000;

/**
 * Brings up a copy of a stack that nobody else has, waits until it is ready, and gives it as a value: `await using stack = await
 * up('compose.yaml')`. It ends with its block, or within seconds of the process, however that ends. A start that fails leaves nothing
 * behind and throws one error whose message is the whole diagnosis: with the codes of `up` of the library, which is its cause, and
 * `stack-timeout` with what was under way.
 */
export function up<File extends keyof StackFiles>(file: File, options?: StackOptions): Promise<Stack<StackFiles[File]>>;
export function up<const Compose extends ComposeObject>(
  compose: Compose,
  options?: StackOptions,
): Promise<Stack<ShapeOf<Compose>>>;
export function up(source: string | Project | LoadedProject, options?: StackOptions): Promise<Stack>;
export function up(source: StackSource, options?: StackOptions): Promise<Stack> {
  return upAny(source, options);
}

/** As {@link up}, of a source about which nothing is known. */
export async function upAny(source: StackSource, options: StackOptions = {}): Promise<Stack> {
  const { timeout = defaultTimeout, signal: given, share: key } = options;
  const patience = AbortSignal.timeout(timeout + grace);
  const signal = given === undefined ? patience : AbortSignal.any([given, patience]);
  const unfinished = followUnfinished(options.onEvent);
  const begun = { ...options, signal, onEvent: unfinished.sink, waitTimeoutSeconds: timeout / 1000 };
  try {
    return await begin(source, key === undefined ? begun : { ...begun, share: key }, signal);
  } catch (error) {
    // Whatever call an abort broke off, the caller hears why.
    const isBrokenOff = isEngineError(error, 'aborted');
    if (isBrokenOff) given?.throwIfAborted();
    if (!patience.aborted || given?.aborted === true || (isTopsailError(error) && !isBrokenOff))
      throw wholeDiagnosis(error);
    const late = `the stack was not ready within ${timeout / 1000} s`;
    throw wholeDiagnosis(
      new TopsailError('stack-timeout', late, { origin: 'user', cause: error, details: unfinished.words() }),
    );
  }
}

async function begin(source: StackSource, options: BeginOptions, signal: AbortSignal): Promise<Stack> {
  const { share: key } = options;
  const { state, isShared, end } = await (key === undefined
    ? beginOwn(source, options)
    : beginShared(source, { ...options, share: key }));
  try {
    await state.look(signal);
    return new Stack(state, { isShared, end });
  } catch (error) {
    await end();
    throw error;
  }
}
