import { readFile, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { BuildError } from '../engine/build-error.ts';
import type { BuildAgent } from '../engine/builder.ts';
import { GrpcError, grpcStatus } from './grpc-error.ts';
import { type GrpcCall, type GrpcMethod, unaryMethod } from './grpc-server.ts';
import { decodeMessage } from './protobuf-reader.ts';
import { bytesField } from './protobuf-writer.ts';
import { createSshAgent } from './ssh-agent.ts';
import { parseSshKey } from './ssh-key.ts';

const defaultAgent = 'default';

/** Opens one more connection to an agent. */
export type OpenAgent = () => Duplex;

/**
 * Finds the agents of a build before it begins: the user's own by its socket, or one with the keys of files. Throws a
 * {@link BuildError} `refused` for an agent that is not there and a key that cannot be used.
 */
export async function openAgents(
  agents: readonly BuildAgent[],
  userAgent: string | undefined,
): Promise<ReadonlyMap<string, OpenAgent>> {
  const entries = await Promise.all(agents.map(async (agent) => [agent.id, await openerOf(agent, userAgent)] as const));
  return new Map(entries);
}

async function openerOf({ paths }: BuildAgent, userAgent: string | undefined): Promise<OpenAgent> {
  if (paths.length === 0) {
    if (userAgent === undefined || userAgent === '') {
      throw new BuildError('refused', 'invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set');
    }
    if (!userAgent.startsWith('\\\\.\\pipe\\') && !(await isSocket(userAgent))) {
      throw new BuildError('refused', `there is no ssh agent at ${userAgent}, which SSH_AUTH_SOCK names`);
    }
    return () => connect({ path: userAgent });
  }
  const [first = ''] = paths;
  if (paths.length === 1 && (await isSocket(first))) return () => connect({ path: first });
  const keys = await Promise.all(paths.map(readKey));
  return () => createSshAgent(keys);
}

async function isSocket(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isSocket();
  } catch {
    return false;
  }
}

async function readKey(path: string): Promise<ReturnType<typeof parseSshKey>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new BuildError('refused', `the ssh key ${path} cannot be read`, { cause });
  }
  return parseSshKey(text, path);
}

/** `moby.sshforward.v1.SSH`: whether an agent is there, and connections to it. */
export function sshMethods(agents: ReadonlyMap<string, OpenAgent>): readonly (readonly [string, GrpcMethod])[] {
  const agentOf = (id: string): OpenAgent => {
    const open = agents.get(id === '' ? defaultAgent : id);
    if (open === undefined) throw new GrpcError(grpcStatus.notFound, `unset ssh forward key ${id || defaultAgent}`);
    return open;
  };
  return [
    [
      '/moby.sshforward.v1.SSH/CheckAgent',
      unaryMethod((request) => {
        agentOf(decodeMessage(request).text(1));
        return Promise.resolve(new Uint8Array());
      }),
    ],
    [
      '/moby.sshforward.v1.SSH/ForwardAgent',
      (call) => forward(call, agentOf(call.metadata('buildkit.ssh.id')[0] ?? '')()),
    ],
  ];
}

/** Carries bytes both ways until either side has ended. */
async function forward(call: GrpcCall, agent: Duplex): Promise<void> {
  const abort = (): void => void agent.destroy();
  call.signal.addEventListener('abort', abort, { once: true });
  const requests = async (): Promise<void> => {
    for await (const message of call.messages) {
      const data = decodeMessage(message).bytes(1);
      if (data !== undefined && !agent.write(data)) await new Promise((resolve) => agent.once('drain', resolve));
    }
    agent.end();
  };
  const answers = async (): Promise<void> => {
    for await (const piece of agent) await call.send(bytesField(1, piece as Uint8Array));
  };
  try {
    await Promise.race([answers(), requests().then(() => answersEnd(agent))]);
  } finally {
    call.signal.removeEventListener('abort', abort);
    agent.destroy();
  }
}

/** After the last request there may be answers under way. */
function answersEnd(agent: Duplex): Promise<void> {
  return new Promise((resolve) => {
    if (agent.readableEnded || agent.destroyed) resolve();
    else agent.once('close', resolve).once('end', resolve);
  });
}
