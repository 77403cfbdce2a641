import type { CallOptions } from './engine.ts';

/** What one run of a provider is told (compose-surface section 4.14). */
export interface ProviderRequest {
  readonly project: string;
  readonly service: string;
  /** Name of the program: `docker-TYPE` among the plugins of the docker command, else `TYPE`. */
  readonly type: string;
  readonly options: { readonly [name: string]: readonly string[] };
  readonly action: 'up' | 'down';
  /** All of the program's environment. */
  readonly environment: { readonly [name: string]: string };
}

/** What a provider says while it runs. */
export type ProviderMessage =
  | { readonly kind: 'news'; readonly text: string }
  | { readonly kind: 'detail'; readonly text: string }
  /** A variable for services that depend on it; `verbatim` ones are not prefixed with the service's name. */
  | { readonly kind: 'variable'; readonly name: string; readonly value: string; readonly verbatim: boolean };

/** Runs the programs that provide services from outside the engine. */
export interface ProviderCommands {
  /**
   * Runs one to its end. Throws a ProviderError for what the program complains of, and the signal's reason when aborted; the
   * program is ended then.
   */
  run(request: ProviderRequest, call?: CallOptions): AsyncIterable<ProviderMessage>;
}

/** A provider that is not there, refuses its options, fails, or says what cannot be understood. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
}
