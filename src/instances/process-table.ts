import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

/** A process that can be told from every other one, also from a later one of the same number. */
export interface ProcessIdentity {
  readonly host: string;
  /** Of the machine's current run; processes of another run are gone. */
  readonly bootId: string;
  /** Numbers of processes mean something only within one of these. */
  readonly pidNamespace: string;
  readonly pid: number;
  /** When it was started, in the words of the system. */
  readonly startTime: string;
}

/** The processes that this one can see. */
export interface ProcessTable {
  /** This process. */
  self(): Promise<ProcessIdentity>;
  /** When the process of that number was started; undefined if there is none, or if only its exit code is left of it. */
  startTimeOf(pid: number): Promise<string | undefined>;
}

/** The table of this machine, read from `/proc` or, where there is none, from `ps`. */
export function systemProcessTable(): ProcessTable {
  const startTimeOf = process.platform === 'linux' ? startTimeFromProc : startTimeFromPs;
  return {
    self: async () => ({
      host: hostname(),
      bootId: (await readOr('/proc/sys/kernel/random/boot_id', 'unknown')).trim(),
      pidNamespace: await readlink('/proc/self/ns/pid').catch(() => process.platform),
      pid: process.pid,
      startTime: (await startTimeOf(process.pid)) ?? '',
    }),
    startTimeOf,
  };
}

async function readOr(path: string, otherwise: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => otherwise);
}

/** Fields 3 and 22 of `/proc/PID/stat`, behind the name in parentheses, which may hold anything. */
async function startTimeFromProc(pid: number): Promise<string | undefined> {
  const text = await readOr(`/proc/${String(pid)}/stat`, '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state = ''] = fields;
  return state === '' || state === 'Z' || state === 'X' ? undefined : fields[19];
}

const run = promisify(execFile);

async function startTimeFromPs(pid: number): Promise<string | undefined> {
  const env = { PATH: process.env['PATH'], LC_ALL: 'C' };
  const listed = run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { env });
  const { stdout } = await listed.catch(() => ({ stdout: '' }));
  const [, state = '', started] = /^\s*(\S+)\s+(.+?)\s*$/.exec(stdout) ?? [];
  return state.startsWith('Z') ? undefined : started;
}
