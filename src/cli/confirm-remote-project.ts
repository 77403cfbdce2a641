import type { Readable } from 'node:stream';
import type { LoadedProject } from '../compose/load-project-strictly.ts';
import { TopsailError } from '../diagnostics/topsail-error.ts';
import type { TemplateVariable } from '../interpolation/template-variables.ts';
import { listVariables } from '../loader/list-variables.ts';
import { renderTable } from '../report/table.ts';
import { withoutPassword } from '../source/git-reference.ts';
import type { SourceReader } from '../source/source-reader.ts';
import { ask } from './ask.ts';
import { loadRequestOf } from './root-flags.ts';
import type { Session } from './session.ts';

/** A project that was just loaded, and what of it came from other machines. */
export interface FetchedProject {
  readonly loaded: Pick<LoadedProject, 'project'>;
  readonly reader: SourceReader;
  /** Local paths of remote files, by reference. */
  readonly remoteFiles: ReadonlyMap<string, string>;
}

/** How {@link confirmRemoteProject} asks. */
export interface ConfirmOptions {
  /** `--yes`: only say where the project is. */
  readonly yes?: boolean | undefined;
  readonly input?: Readable;
}

/**
 * Before a project that someone else keeps is started: says where its files are, and asks about remote files that it
 * includes in its turn and about the variables it takes (compose-surface 1.4, item 12). Projects whose first file is local
 * are the user's own. Throws `cancelled` when the answer is no.
 */
export async function confirmRemoteProject(
  session: Session,
  { loaded, reader, remoteFiles }: FetchedProject,
  options: ConfirmOptions = {},
): Promise<void> {
  const { origin } = loaded.project;
  const [main] = [...remoteFiles].find(([, path]) => path === origin.configFiles[0]) ?? [];
  if (main === undefined) return;
  const { format } = session.display;
  if (format !== 'quiet' && format !== 'json') {
    const [name, folder] = [withoutPassword(main), origin.workingDirectory].map((text) => JSON.stringify(text));
    session.host.stdout.write(`Your compose stack ${name} is stored in ${folder}\n`);
  }
  if (options.yes === true) return;
  await confirmIncludes(session, loaded, remoteFiles, options);
  await confirmVariables(session, loaded, reader, options);
}

/** What was named on the command line is trusted; what those files name is not. */
async function confirmIncludes(
  session: Session,
  { project }: FetchedProject['loaded'],
  remoteFiles: ReadonlyMap<string, string>,
  options: ConfirmOptions,
): Promise<void> {
  const included = [...remoteFiles].filter(([, path]) => !project.origin.configFiles.includes(path));
  if (included.length === 0) return;
  const lines = included.map(([reference]) => `  - ${withoutPassword(reference)}\n`).join('');
  session.host.stdout.write(`\nWarning: it takes in files from further remote places:\n${lines}`);
  await confirm(session, 'Do you trust them and want to continue?', false, options);
}

async function confirmVariables(
  session: Session,
  { project }: FetchedProject['loaded'],
  reader: SourceReader,
  options: ConfirmOptions,
): Promise<void> {
  const { variables = [] } = await listVariables(loadRequestOf(session.host, session.flags), reader);
  if (variables.length === 0) return;
  const rows = variables.map((variable) => variableRow(variable, session, project.origin.environment));
  const table = renderTable(['VARIABLE', 'VALUE', 'SOURCE', 'REQUIRED', 'DEFAULT'], rows, { leastWidth: 0 });
  session.host.stdout.write(`\nVariables of the configuration:\n${table}\n`);
  await confirm(session, 'Do you want to proceed with these variables?', true, options);
}

function variableRow(
  { name, required, defaultValue }: TemplateVariable,
  { host }: Session,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const value = environment[name];
  const source = host.environment[name] === undefined ? 'env file' : 'environment';
  const origin = value === undefined ? (defaultValue === '' ? '' : 'compose file') : source;
  return [name, value ?? defaultValue, origin, required ? 'yes' : 'no', defaultValue];
}

async function confirm(
  session: Session,
  question: string,
  defaultAnswer: boolean,
  { input }: ConfirmOptions,
): Promise<void> {
  if (await ask(session, question, defaultAnswer, input)) return;
  throw new TopsailError('cancelled', 'operation cancelled by user');
}
