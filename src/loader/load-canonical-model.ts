import type { MappingNode } from '../document/node.ts';
import type { VariableSource } from '../document/node-origin.ts';
import { decideProjectName } from './decide-project-name.ts';
import { discoverFiles, firstDirectory } from './discover-files.ts';
import { loadModel } from './load-model.ts';
import type { LoadSession } from './load-session.ts';
import { noteSource } from './load-trace.ts';
import { normalizeModel } from './normalize-model.ts';
import { type ComposeFile, readComposeFiles } from './read-compose-files.ts';
import { addEnvironmentFiles, processVariables, tracedLookupIn, type Variables } from './read-environment.ts';
import type { TracedLookup } from './traced-lookup.ts';
import { withoutMember } from './tree/nodes.ts';

/** A model in canonical form, and what was decided on the way to it. */
export interface CanonicalLoad {
  readonly model: MappingNode;
  readonly projectName: string;
  readonly nameSource: VariableSource;
  readonly workingDirectory: string;
  readonly configFiles: readonly string[];
  /** What interpolation saw. */
  readonly variables: Variables;
  readonly lookup: TracedLookup;
}

/** What stands for a name that could not be decided while the rest is looked at. */
const unnamed = { name: 'unnamed', source: { kind: 'directory', value: 'unnamed' } } as const;

/** The phases from the command line to the normalised model, in order. Undefined after an error. */
export async function loadCanonicalModel(session: LoadSession): Promise<CanonicalLoad | undefined> {
  const { request, findings } = session;
  // The environment, with the .env beside the first file or where the user stands: it may name the files.
  const known = processVariables(session);
  await addEnvironmentFiles(session, firstDirectory(session), known);
  // The compose files, and with them the project directory.
  const discovered = await discoverFiles(session, known);
  if (findings.failed || discovered === undefined) return undefined;
  const { files: configFiles, directory, workingDirectory } = discovered;
  // The .env of the project directory adds what is still unset.
  if (directory !== firstDirectory(session)) await addEnvironmentFiles(session, directory, known);
  // Texts to trees.
  const files = await readComposeFiles(
    session,
    configFiles.map((path) => ({ path })),
  );
  if (findings.failed) return undefined;
  // The project name, which the files may use.
  const documents = files.flatMap((file) => file.documents);
  const nameSources = { documents, projectDirectory: directory, lookup: tracedLookupIn(session, known) };
  const decided = decideProjectName(session, nameSources);
  const { name: projectName, source: nameSource } = decided ?? unnamed;
  known['COMPOSE_PROJECT_NAME'] = projectName;
  noteSource(session.trace, known, 'COMPOSE_PROJECT_NAME', nameSource);
  const lookup = tracedLookupIn(session, known);
  // Interpolation, extends, merge tags, include, merge, uniqueness, schema, long forms, defaults, paths.
  const scope = {
    session,
    variables: known,
    lookup,
    workingDirectory,
    includedFrom: [],
    extendedFiles: new Map(),
  };
  const model = await loadModel(scope, decided === undefined ? files.map(withoutName) : files);
  if (model === undefined) return undefined;
  // What the model leaves unsaid.
  const resolve = request.interpolate === false ? () => undefined : lookup;
  const normalized = request.normalize === false ? model : normalizeModel(model, { projectName, lookup: resolve });
  return { model: normalized, projectName, nameSource, workingDirectory, configFiles, variables: known, lookup };
}

/** A file whose names are left out, for what is wrong with them has been told. */
function withoutName(file: ComposeFile): ComposeFile {
  const documents = file.documents.map((document) =>
    document.root.kind === 'mapping' ? { ...document, root: withoutMember(document.root, 'name') } : document,
  );
  return { ...file, documents };
}
