import type { MemoryControl } from '../../src/memory-engine/memory-control.ts';

/** A shell script of the suite with what it does on an in-process engine. */
export interface Script {
  readonly text: string;
  readonly stdout?: string;
  readonly stderr?: string;
  /** Runs on if absent. */
  readonly exitCode?: number;
}

/** The scripts that the suite runs in containers. */
export const scripts: Readonly<Record<'wait' | 'speak' | 'succeed' | 'fail', Script>> = {
  /** Runs until it is stopped, and then ends at once. */
  wait: { text: 'trap "exit 0" TERM INT; while true; do sleep 0.1; done' },
  speak: {
    text: 'echo one; sleep 0.2; echo two >&2; sleep 0.2; echo three; exit 3',
    stdout: 'one\nthree\n',
    stderr: 'two\n',
    exitCode: 3,
  },
  succeed: { text: 'exit 0', exitCode: 0 },
  fail: { text: 'echo out; echo err >&2; exit 7', stdout: 'out\n', stderr: 'err\n', exitCode: 7 },
};

/** The command that runs a script. */
export function shell(script: Script): readonly string[] {
  return ['sh', '-c', script.text];
}

/** Lets the processes of an in-process engine do what the scripts do. */
export function playProcesses(control: MemoryControl): void {
  const known = new Map<string, Script>(Object.values(scripts).map((script) => [script.text, script]));
  control.onStart((container) => {
    const script = known.get(container.config.Cmd?.[2] ?? '');
    if (script === undefined) return;
    const { stdout, stderr, exitCode } = script;
    if (stdout !== undefined) for (const line of stdout.match(/.*\n/g) ?? []) control.write(container.name, line);
    if (stderr !== undefined) control.write(container.name, stderr, 'stderr');
    if (container.config.Healthcheck?.Test?.[1] === 'true') control.setHealth(container.name, 'healthy');
    if (exitCode !== undefined) control.exit(container.name, exitCode);
  });
  control.onExec((_container, request) => {
    const script = known.get(request.Cmd[2] ?? '');
    return {
      exitCode: script?.exitCode ?? 0,
      ...(script?.stdout === undefined ? {} : { stdout: script.stdout }),
      ...(script?.stderr === undefined ? {} : { stderr: script.stderr }),
    };
  });
}
