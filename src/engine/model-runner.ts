import type { CallOptions } from './engine.ts';

/** A model as it is to be served. */
export interface ModelSettings {
  /** Reference such as `ai/smollm2`. */
  readonly model: string;
  readonly contextSize?: number;
  readonly runtimeFlags?: readonly string[];
}

/** Serves models: the `docker model` plugin (compose-surface section 4.15). Every call throws a ModelRunnerError. */
export interface ModelRunner {
  /** Where containers reach the served models. */
  endpoint(call?: CallOptions): Promise<string>;
  /** References of the models that are there. */
  available(call?: CallOptions): Promise<readonly string[]>;
  pull(model: string, call?: CallOptions): Promise<void>;
  configure(settings: ModelSettings, call?: CallOptions): Promise<void>;
}

/** The plugin is not there, or failed. */
export class ModelRunnerError extends Error {
  override readonly name = 'ModelRunnerError';
  /** Whether there is no plugin at all. */
  readonly missing: boolean;

  constructor(message: string, options: { readonly missing?: boolean; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.missing = options.missing === true;
  }
}
