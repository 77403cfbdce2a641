import type { ComposePorts } from '../../compose/ports.ts';
import { TopsailError } from '../../diagnostics/topsail-error.ts';
import type { TextMap } from '../../engine/container.ts';
import { isEngineError } from '../../engine/engine-error.ts';
import { ONE_OFF_LABEL } from '../../state/labels.ts';
import type { Replica } from '../replica.ts';
import type { Undo } from './faults.ts';
import { disciplineOf, type LinkRequest } from './link-request.ts';

/** What shaping works with. */
export interface LinkSubject {
  readonly ports: Pick<ComposePorts, 'engine'>;
  /** What marks something as a part of the stack. */
  readonly labels: TextMap;
  readonly service: string;
  readonly replicas: readonly Replica[];
  /** The engine's name of the network. */
  readonly network: string;
}

/** Exit code of {@link script} where there is no `tc`, or not that of iproute2. */
const noTc = 99;

/**
 * `$0` is the hardware address of the interface, the rest are words of `tc`. Shells of Busybox may take their own `tc`, which can do
 * nothing of this, for any without a path.
 */
const script = [
  'for tc in /usr/sbin/tc /sbin/tc /usr/local/sbin/tc /usr/bin/tc tc; do "$tc" -V >/dev/null 2>&1 && break; done',
  `"$tc" -V >/dev/null 2>&1 || exit ${noTc}`,
  'for folder in /sys/class/net/*; do',
  '  read -r address <"$folder/address" || continue',
  '  [ "$address" = "$0" ] || continue',
  '  if [ "$#" = 0 ]; then exec "$tc" qdisc del dev "${folder##*/}" root; fi',
  '  exec "$tc" qdisc replace dev "${folder##*/}" root "$@"',
  'done',
  'echo "no interface has the address $0" >&2; exit 1',
].join('\n');

/**
 * Makes what containers send on a network slower, later or lossy, by `tc` in the network namespace of each: in a container of the same
 * image beside it, or of another one. Gives how to undo that. Throws `invalid-link`, and `fault-impossible` with what is missing.
 */
export async function shapeLink(subject: LinkSubject, request: LinkRequest, signal: AbortSignal): Promise<Undo> {
  const { words, kind } = disciplineOf(request);
  const shaped: Replica[] = [];
  const undo: Undo = async (call) => {
    await Promise.all(
      shaped.map((replica) =>
        runTc(subject, request, replica, [], call).catch((error: unknown) => {
          // Whatever ended the container has undone it.
          if (!isEngineError(error, 'not-found', 'conflict')) throw error;
        }),
      ),
    );
  };
  try {
    for (const replica of subject.replicas) {
      const { exitCode, said } = await runTc(subject, request, replica, words, signal);
      if (exitCode !== 0) throw impossible(subject, kind, exitCode, said);
      shaped.push(replica);
    }
  } catch (error) {
    await undo(signal).catch(() => undefined);
    throw error;
  }
  return undo;
}

interface TcResult {
  readonly exitCode: number;
  readonly said: string;
}

const noShell: TcResult = { exitCode: noTc, said: '' };

async function runTc(
  { ports, labels, network }: LinkSubject,
  { image }: LinkRequest,
  { id, inspect: known }: Replica,
  words: readonly string[],
  signal: AbortSignal,
): Promise<TcResult> {
  const { engine } = ports;
  const { NetworkSettings: settings } = await engine.containers.inspect(id, { signal });
  const address = settings.Networks[network]?.MacAddress ?? '';
  const helper = await engine.containers.create(
    {
      body: {
        Image: image ?? known.Image,
        Entrypoint: ['sh', '-c', script, address, ...words],
        Cmd: [],
        User: '0',
        Labels: { ...labels, [ONE_OFF_LABEL]: 'True' },
        HostConfig: { NetworkMode: `container:${id}`, CapAdd: ['NET_ADMIN'] },
      },
    },
    { signal },
  );
  try {
    const ended = await engine.containers.wait(helper.id, 'next-exit', { signal });
    // Whoever fails to start it hears of that, and of nothing else.
    ended.exitCode.catch(() => undefined);
    try {
      await engine.containers.start(helper.id, { signal });
    } catch (error) {
      if (isEngineError(error) && /executable file not found|no such file/.test(error.message)) return noShell;
      throw error;
    }
    const exitCode = await ended.exitCode;
    let said = '';
    for await (const { data } of engine.containers.logs(helper.id, { tty: false }, { signal }))
      said += Buffer.from(data).toString('utf8');
    return { exitCode, said };
  } finally {
    await engine.containers.remove(helper.id, { force: true, volumes: true });
  }
}

function impossible({ service }: LinkSubject, kind: string, exitCode: number, text: string): TopsailError {
  if (exitCode === noTc) {
    return new TopsailError('fault-impossible', `not possible here: the image of service "${service}" has no tc`, {
      origin: 'user',
      details: ['give `image` the name of one that the engine has, with a shell and iproute2'],
    });
  }
  const said = text.trim().split('\n');
  const isUnknown = /Specified qdisc kind is unknown|No such file or directory/.test(text);
  const reason = isUnknown
    ? `the kernel of the engine has no ${kind} (sch_${kind})`
    : (said[0] ?? `exit code ${exitCode}`);
  return new TopsailError('fault-impossible', `not possible here: ${reason}`, { origin: 'user', details: said });
}
