import { exportContainer } from '../../compose/export.ts';
import type { ExportFlags } from '../commands/export.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { nameOfProject } from '../load-for-command.ts';
import type { Session } from '../session.ts';
import { showStep } from '../show-step.ts';
import { usageError } from '../usage-error.ts';
import { withEngine } from '../with-engine.ts';
import { writeWhole } from '../write-whole.ts';

/** Writes the file system of a container to a file, all of it or nothing, or to stdout. */
export async function runExport(session: Session, service: string, flags: ExportFlags): Promise<number> {
  const { host } = session;
  const { output = '', index } = flags;
  if (output === '' && host.stdout.isTerminal) throw usageError('output option is required when exporting to terminal');
  const project = await nameOfProject(session);
  await withEngine(session, async (ports, signal) => {
    const { name, tar } = await exportContainer(ports, project, {
      service,
      signal,
      ...(index === undefined ? {} : { index }),
    });
    const what = `export ${name} to ${output}`;
    showStep(session, name, what, 'Exporting');
    if (session.flags.dryRun !== true) await writeTar(host, output, tar);
    showStep(session, name, what, 'Exported');
  });
  return exitCode.success;
}

async function writeTar(host: Host, output: string, tar: AsyncIterable<Uint8Array>): Promise<void> {
  if (output !== '') return writeWhole(host.workingDirectory, output, tar);
  for await (const piece of tar) await host.stdout.writeBytes(piece);
}
