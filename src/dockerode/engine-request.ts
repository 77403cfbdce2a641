import type { RegistryCredentials } from '../engine/engine.ts';

/** A value of a query: lists are repeated, objects become JSON, undefined is left out. */
export type QueryValue =
  | string
  | number
  | boolean
  | readonly string[]
  | Readonly<Record<string, readonly string[]>>
  | undefined;

/** One request to the engine. */
export interface EngineRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Without the version, such as `/containers/json`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: object;
  /** A tar as the body of a PUT. */
  readonly tar?: AsyncIterable<Uint8Array> | Uint8Array;
  readonly credentials?: RegistryCredentials;
  /** Of several registries, by their addresses. */
  readonly logins?: ReadonlyMap<string, RegistryCredentials>;
}

/** The path with version and query, as the first line of a request has it. */
export function requestTarget({ path, query = {} }: EngineRequest, apiVersion: string): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    if (isList(value)) for (const item of value) words.append(name, item);
    else words.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  const text = words.toString();
  return `/v${apiVersion}${path}${text === '' ? '' : `?${text}`}`;
}

function isList(value: QueryValue): value is readonly string[] {
  return Array.isArray(value);
}
