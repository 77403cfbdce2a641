import type { CallOptions, Engine, RegistryCredentials } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/engine-error.ts';
import type { TransferProgress } from '../engine/resource.ts';

/** Finds the login for a pull or push of an image; undefined to go without one. */
export type CredentialSource = (reference: string, call: CallOptions) => Promise<RegistryCredentials | undefined>;

/**
 * The engine with logins looked up for every pull and push that brings none of its own. A refusal by the registry says whose
 * login it refused.
 */
export function withCredentials(engine: Engine, source: CredentialSource): Engine {
  const { images } = engine;
  const transfer = async function* <Query extends { readonly credentials?: RegistryCredentials }>(
    begin: (reference: string, query: Query, call?: CallOptions) => AsyncIterable<TransferProgress>,
    reference: string,
    query: Query,
    call: CallOptions | undefined,
  ): AsyncGenerator<TransferProgress, void, undefined> {
    const credentials = query.credentials ?? (await source(reference, call ?? {}));
    try {
      yield* begin(reference, credentials === undefined ? query : { ...query, credentials }, call);
    } catch (error) {
      throw isEngineError(error, 'access-denied') ? refusedLogin(error, credentials) : error;
    }
  };
  return {
    ...engine,
    images: {
      ...images,
      pull: (reference, query, call) => transfer((...begun) => images.pull(...begun), reference, query ?? {}, call),
      push: (reference, query, call) => transfer((...begun) => images.push(...begun), reference, query ?? {}, call),
    },
  };
}

function refusedLogin(error: EngineError, credentials: RegistryCredentials | undefined): EngineError {
  const { username } = credentials ?? {};
  const login = username === undefined ? 'the stored login' : `the login of ${JSON.stringify(username)}`;
  const words = credentials === undefined ? 'there is no login for the registry' : `the registry refuses ${login}`;
  return new EngineError(error.kind, `${words}: ${error.message}`, {
    ...(error.statusCode === undefined ? {} : { statusCode: error.statusCode }),
    cause: error,
  });
}
