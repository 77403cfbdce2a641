import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { type Contender, type Run, run } from './measure.ts';
import type { BenchProject } from './projects.ts';

/** Runs a command line in a project's folder. */
export type Tool = (project: BenchProject, ...words: readonly string[]) => Promise<Run>;

/** A tool and the name it has in the report. */
export interface NamedTool {
  readonly name: string;
  readonly tool: Tool;
}

function toolOf(name: string, command: readonly string[]): NamedTool {
  return {
    name,
    tool: (project, ...words) => run({ name, argv: [...command, '-p', project.name, ...words], cwd: project.folder }),
  };
}

/** The command as it is built. */
export const topsail: NamedTool = toolOf('topsail', [process.execPath, path.resolve('bin/topsail.js')]);

/** The rival as its users call it: `docker`, which starts its plugin. */
export const dockerCompose: NamedTool = toolOf('docker compose', ['docker', 'compose']);

/** The rival's plugin without `docker` before it, a stricter measure for commands of a tenth of a second; undefined if it is nowhere. */
export function dockerComposePlugin(): NamedTool | undefined {
  const format = '{{range .ClientInfo.Plugins}}{{if eq .Name "compose"}}{{.Path}}{{end}}{{end}}';
  const { stdout } = spawnSync('docker', ['info', '--format', format], { encoding: 'utf8' });
  const file = stdout.trim();
  return file === '' ? undefined : toolOf('compose plugin', [file]);
}

/** Several tools with one command on one project. */
export function contenders(
  tools: readonly NamedTool[],
  project: BenchProject,
  words: readonly string[],
  around: Pick<Contender, 'before' | 'after'> = {},
): readonly Contender[] {
  return tools.map(({ name, tool }) => ({ name, step: () => tool(project, ...words), ...around }));
}
