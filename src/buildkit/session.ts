import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine/engine.ts';
import { type GrpcMethod, serveGrpc } from './grpc-server.ts';

/** An open session: the builder's calls to us during a build. */
export interface BuildSession {
  /** Named in the solve request. */
  readonly id: string;
  /** Resolves when the builder or the engine has ended it. */
  readonly ended: Promise<void>;
  readonly close: () => void;
}

/**
 * Opens `POST /session` and serves these methods over it. `sharedKey` names what the contexts are, so that the builder compares
 * them with what it has from earlier builds. Throws an EngineError.
 */
export async function openBuildSession(
  engine: Engine,
  methods: ReadonlyMap<string, GrpcMethod>,
  sharedKey: string,
  onFault: (error: unknown) => void,
  signal: AbortSignal,
): Promise<BuildSession> {
  const id = randomUUID().replaceAll('-', '');
  const socket = await engine.upgrade(
    {
      path: '/session',
      protocol: 'h2c',
      headers: {
        'X-Docker-Expose-Session-Uuid': id,
        'X-Docker-Expose-Session-Name': 'topsail',
        'X-Docker-Expose-Session-Sharedkey': sharedKey,
        'X-Docker-Expose-Session-Grpc-Method': [...methods.keys()],
      },
    },
    { signal },
  );
  const server = serveGrpc(socket, methods, onFault);
  return { id, ended: server.ended, close: server.close };
}
