import { unreachable } from '../diagnostics/unreachable.ts';

/** Keys and certificates of a TLS connection, as PEM text. */
export interface TlsMaterial {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Whether the engine's certificate must be valid. */
  readonly verify: boolean;
}

/** Where an engine listens. */
export type EngineEndpoint =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'npipe'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls?: TlsMaterial }
  /** Reached by `ssh DESTINATION docker system dial-stdio`. */
  | {
      readonly kind: 'ssh';
      /** `host` or `user@host`. */
      readonly destination: string;
      readonly port?: number;
      /** Path of the socket on the other machine, if it is not the default one. */
      readonly path?: string;
    };

/** The endpoint as a user writes it in `DOCKER_HOST`. */
export function endpointText(endpoint: EngineEndpoint): string {
  switch (endpoint.kind) {
    case 'unix':
      return `unix://${endpoint.path}`;
    case 'npipe':
      return `npipe://${endpoint.path.replaceAll('\\', '/')}`;
    case 'tcp':
      return `tcp://${endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host}:${endpoint.port}`;
    case 'ssh':
      return `ssh://${endpoint.destination}${endpoint.port === undefined ? '' : `:${endpoint.port}`}${endpoint.path ?? ''}`;
    default:
      return unreachable(endpoint);
  }
}
