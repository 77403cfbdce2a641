import { type AttachedContainer, attach } from '../../compose/attach.ts';
import type { ComposePorts } from '../../compose/ports.ts';
import type { AttachFlags } from '../commands/attach.ts';
import { type ConversationOptions, converse } from '../converse.ts';
import { exitCode } from '../exit-code.ts';
import { nameOfProject } from '../load-for-command.ts';
import { refuseDryRun } from '../refuse-dry-run.ts';
import type { Session } from '../session.ts';
import { type SessionKeys, sessionKeys } from '../session-keys.ts';
import { terminalSize } from '../terminal-size.ts';
import { usageError } from '../usage-error.ts';
import { withEngine } from '../with-engine.ts';

/** Attaches to a running container; the exit code is the container's, or 130 after Ctrl-C. */
export async function runAttach(session: Session, service: string, flags: AttachFlags): Promise<number> {
  refuseDryRun(session, 'interactive attach');
  const keys = await sessionKeys(session, flags.detachKeys);
  const project = await nameOfProject(session);
  return withEngine(session, async (ports, signal) => {
    const container = await attach(ports, project, {
      service,
      signal,
      input: flags.stdin !== false,
      detachKeys: keys.text,
      ...(flags.index === undefined ? {} : { index: flags.index }),
    });
    return attend(session, ports, container, { keys, flags });
  });
}

async function attend(
  session: Session,
  ports: ComposePorts,
  container: AttachedContainer,
  { keys, flags }: { readonly keys: SessionKeys; readonly flags: AttachFlags },
): Promise<number> {
  const { host } = session;
  if (flags.stdin !== false && container.terminal && !host.stdin.isTerminal) {
    container.close();
    throw usageError('the input device is not a TTY');
  }
  let interrupted = false;
  const forwarding: Pick<ConversationOptions, 'forwardSignal'> = {
    forwardSignal: (name) => {
      interrupted ||= name === 'SIGINT' || name === 'SIGTERM';
      return ports.engine.containers.kill(container.id, { signal: name });
    },
  };
  await drawAgain(session, container);
  const end = await converse(session, container, {
    input: container.input,
    detachKeys: keys.bytes,
    ...(flags.sigProxy === false ? {} : forwarding),
  });
  if (end === 'detached') {
    host.stderr.write('read escape sequence\n');
    return exitCode.failure;
  }
  const code = await container.exitCode();
  return interrupted ? exitCode.interrupted : code;
}

/** What is on a terminal already nobody has seen: a program draws it again when its size changes. */
async function drawAgain({ host }: Session, container: AttachedContainer): Promise<void> {
  const { size } = terminalSize(host);
  if (!container.terminal || size === undefined) return;
  // A container that ends just now has nothing to draw.
  await container.resize(size.columns + 1, size.rows + 1).catch(() => undefined);
}
