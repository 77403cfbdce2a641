import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** One run of a command as a whole process. */
export interface Run {
  /** Wall-clock milliseconds from spawn to exit. */
  readonly milliseconds: number;
  /** Highest resident set size of one of its processes, in bytes; 0 if none was sampled. */
  readonly peakBytes: number;
  /** Processor time of all its processes in milliseconds, to ten; 0 if it ran inside this one. */
  readonly processorMilliseconds: number;
}

/** A command to time. */
export interface Command {
  readonly name: string;
  readonly argv: readonly string[];
  readonly cwd: string;
}

/** The environment of every timed process: Node 20 parses NODE_EXTRA_CA_CERTS at each start, which is not our time. */
export function benchEnvironment(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _ignored, ...rest } = process.env;
  return rest;
}

/** The highest resident set size that the process or one below it has had; `docker` is a process that starts its plugin. */
function residentPeak(pid: number): number {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    const own = line?.[1] === undefined ? 0 : Number(line[1]) * 1024;
    return Math.max(own, ...childrenOf(pid).map(residentPeak));
  } catch {
    return 0;
  }
}

/** A child belongs to the thread that started it. */
function childrenOf(pid: number): readonly number[] {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads
    .flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' '))
    .filter(Boolean)
    .map(Number);
}

/** Processor time of the ended processes below this one, in milliseconds; the kernel counts in hundredths of a second. */
function spentByChildren(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const [user = Number.NaN, system = Number.NaN] = fields.slice(13, 15).map(Number);
  return (user + system) * 10;
}

/** Runs a command once to its end. Rejects when it cannot be spawned or exits non-zero. */
export async function run(command: Command): Promise<Run> {
  const [file, ...rest] = command.argv;
  if (file === undefined) throw new TypeError('an empty command');
  return await new Promise<Run>((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(file, rest, { cwd: command.cwd, env: benchEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] });
    const spentBefore = spentByChildren();
    let peakBytes = 0;
    let stderr = '';
    const sampler = setInterval(() => {
      if (child.pid !== undefined) peakBytes = Math.max(peakBytes, residentPeak(child.pid));
    }, 10);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', (error) => {
      clearInterval(sampler);
      reject(error);
    });
    child.on('exit', (code) => {
      clearInterval(sampler);
      const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
      const processorMilliseconds = spentByChildren() - spentBefore;
      if (code !== 0)
        reject(new Error(`${command.argv.join(' ')} exited with ${String(code)}: ${stderr.slice(-2000)}`));
      else resolve({ milliseconds, peakBytes, processorMilliseconds });
    });
  });
}

/** Times work that is done inside this process. */
export async function timed(work: () => Promise<unknown>): Promise<Run> {
  const started = process.hrtime.bigint();
  await work();
  return { milliseconds: Number(process.hrtime.bigint() - started) / 1e6, peakBytes: 0, processorMilliseconds: 0 };
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** One side of a comparison: its timed step, and what puts the engine back before and after it (not timed). */
export interface Contender {
  readonly name: string;
  readonly step: () => Promise<Run>;
  readonly before?: () => Promise<unknown>;
  readonly after?: () => Promise<unknown>;
}

/** Medians and spread of one contender. */
export interface Figures {
  readonly name: string;
  readonly milliseconds: number;
  readonly fastest: number;
  readonly slowest: number;
  readonly peakBytes: number;
  /** Mean, for one run is counted in steps of ten. */
  readonly processorMilliseconds: number;
}

/** Runs every contender `rounds` times, taking turns and changing who goes first, so that drift of the machine hits all alike. */
export async function interleave(contenders: readonly Contender[], rounds: number): Promise<readonly Figures[]> {
  const runs = new Map<string, Run[]>(contenders.map((contender) => [contender.name, []]));
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? contenders : [...contenders].reverse();
    for (const contender of order) {
      await contender.before?.();
      const result = await contender.step();
      await contender.after?.();
      runs.get(contender.name)?.push(result);
    }
  }
  return contenders.map(({ name }) => {
    const own = runs.get(name) ?? [];
    const times = own.map((one) => one.milliseconds);
    return {
      name,
      milliseconds: median(times),
      fastest: Math.min(...times),
      slowest: Math.max(...times),
      peakBytes: median(own.map((one) => one.peakBytes)),
      processorMilliseconds: own.reduce((sum, one) => sum + one.processorMilliseconds, 0) / own.length,
    };
  });
}
