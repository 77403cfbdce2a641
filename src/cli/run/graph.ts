import { projectGraph } from '../../compose/project-graph.ts';
import { renderGraphDot } from '../../report/graph-dot.ts';
import { renderGraphMermaid } from '../../report/graph-mermaid.ts';
import { renderGraphTree } from '../../report/graph-tree.ts';
import type { GraphView } from '../../report/graph-view.ts';
import { createPainter } from '../../report/painter.ts';
import type { GraphFlags } from '../commands/graph.ts';
import { exitCode } from '../exit-code.ts';
import { loadForCommand } from '../load-for-command.ts';
import type { Session } from '../session.ts';
import { usageError } from '../usage-error.ts';

/** Prints the dependency graph. Needs no engine. */
export async function runGraph(session: Session, services: readonly string[], flags: GraphFlags): Promise<number> {
  const render = rendererOf(flags.format ?? 'tree', session);
  const { project } = await loadForCommand(session, { services });
  session.host.stdout.write(render(projectGraph(project)));
  return exitCode.success;
}

function rendererOf(format: string, session: Session): (view: GraphView) => string {
  switch (format) {
    case 'tree':
      return (view) => renderGraphTree(view, createPainter(session.display.stdoutColours));
    case 'mermaid':
      return renderGraphMermaid;
    case 'dot':
      return renderGraphDot;
    default:
      throw usageError(`unsupported format ${JSON.stringify(format)}`, 'use one of tree, mermaid, dot');
  }
}
