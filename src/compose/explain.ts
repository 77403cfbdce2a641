import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { SourceText } from '../diagnostics/source-text.ts';
import { TopsailError } from '../diagnostics/topsail-error.ts';
import { loadProject } from '../loader/load-project.ts';
import type { LoadRequest } from '../loader/load-request.ts';
import { findProjectPath, type MissedPath, spellProjectPath } from '../loader/project-path.ts';
import type { ExplainedValue, ProjectPath, ProjectProvenance, RemovedValue } from '../loader/provenance.ts';
import type { JsonValue, Project } from '../project/project.ts';
import type { SourceReader } from '../source/source-reader.ts';
import { ProjectError } from './project-error.ts';

/** What `explain` is asked for. */
export interface ExplainRequest {
  readonly load: LoadRequest;
  /** Such as `services.web.environment.FOO` or `services.web.ports[1]`; of a mapping or list everything in it is explained. */
  readonly paths: readonly string[];
}

/** What `explain` answers. */
export interface ExplainResult {
  readonly values: readonly ExplainedValue[];
  /** What `!reset` took away at or below the paths. */
  readonly removed: readonly RemovedValue[];
  /** Warnings only: errors are thrown. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, SourceText>;
}

/**
 * The action behind `topsail explain`: says where values of the project come from and what they won against. Resources
 * that no service uses are explained too. Throws a ProjectError with every finding when there is an error among them, and
 * a TopsailError `no-such-value` for a path that leads nowhere.
 */
export async function explain({ load, paths }: ExplainRequest, reader: SourceReader): Promise<ExplainResult> {
  const request = { ...load, allResources: true, provenance: true };
  const { project, provenance, diagnostics, sources } = await loadProject(request, reader, { keepExtensions: true });
  if (project === undefined || provenance === undefined) throw new ProjectError(diagnostics, sources);
  const asked = paths.map((text) => askedPath(text, provenance, project));
  return {
    values: asked.flatMap(({ path }) => (path === undefined ? [] : explainBelow(path, provenance))),
    removed: asked.flatMap(({ removed }) => removed),
    diagnostics,
    sources,
  };
}

interface AskedPath {
  /** Absent when the value is gone. */
  readonly path?: ProjectPath;
  readonly removed: readonly RemovedValue[];
}

function askedPath(text: string, provenance: ProjectProvenance, project: Project): AskedPath {
  const found = findProjectPath(provenance.project, text);
  const { project: value, removed } = provenance;
  if (found.found) {
    const spelled = spellProjectPath(value, found.path);
    return { path: found.path, removed: removed.filter(({ path }) => isBelow(path, spelled)) };
  }
  const gone = removed.filter(({ path }) => isBelow(text, path));
  if (gone.length > 0) return { removed: gone };
  throw noSuchValue(text, found, value, project);
}

/** Whether a path leads to a value or further down from it. */
function isBelow(path: string, above: string): boolean {
  return above === '' || path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
}

/** Everything at and below a path. What is made of other values counts itself only if all of it won against something. */
function explainBelow(asked: ProjectPath, provenance: ProjectProvenance): readonly ExplainedValue[] {
  const explained: ExplainedValue[] = [];
  const visit = (path: ProjectPath, value: JsonValue): void => {
    const found = provenance.of(path, path === asked ? undefined : 'alone');
    const members = value === null || typeof value !== 'object' ? [] : Object.entries(value);
    if (members.length === 0 || found.overrode.length > 0) {
      explained.push({ path: spellProjectPath(provenance.project, path), ...found });
    }
    for (const [key, member] of members) visit([...path, key], member);
  };
  visit(asked, provenance.of(asked).value);
  return explained;
}

function noSuchValue(text: string, found: MissedPath, value: JsonValue, project: Project): TopsailError {
  const { path, missing, rest, known } = found;
  const above = spellProjectPath(value, path);
  const place = above === '' ? 'the project' : above;
  const problem =
    typeof known === 'number'
      ? `${place} has ${known === 1 ? '1 item' : `${String(known)} items`}, counted from 0`
      : `${place} has no ${JSON.stringify(missing)}`;
  return new TopsailError('no-such-value', `there is no ${text}: ${problem}`, {
    details: hints(found, above + (above === '' ? '' : '.'), rest, project),
  });
}

function hints({ path, missing, known }: MissedPath, above: string, rest: string, project: Project): readonly string[] {
  const disabled = path.length === 1 && path[0] === 'services' ? project.origin.disabledServices[missing] : undefined;
  if (disabled !== undefined) {
    return [`"${missing}" is disabled; enable it with --profile ${(disabled.profiles ?? []).join(' or --profile ')}`];
  }
  if (typeof known === 'number') return [];
  const meant = didYouMean(missing, known);
  if (meant !== undefined) return [`did you mean ${above}${meant}${rest}?`];
  return known.length === 0 ? [] : [`it has ${shortList(known)}`];
}

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(', ');
  return names.length > 12 ? `${shown} and ${String(names.length - 12)} more` : shown;
}
