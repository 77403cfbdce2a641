import { join } from 'node:path';
import { config } from '../../src/compose/config.ts';
import { ProjectError } from '../../src/compose/project-error.ts';
import { renderDiagnostic } from '../../src/diagnostics/render-diagnostic.ts';
import type { LoadRequest } from '../../src/loader/load-request.ts';
import { caseSourceReader, parentFolder } from './case-source-reader.ts';
import type { ConformanceCase } from './corpus.ts';

/** What a case gave: the model, or nothing after an error; and all that was said. */
export interface CaseOutcome {
  readonly model?: unknown;
  readonly said: string;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Runs one case in this process. */
export async function runCase(conformanceCase: ConformanceCase): Promise<CaseOutcome> {
  const { folder, dirname, stdin } = conformanceCase;
  const reader = caseSourceReader(folder, dirname, stdin);
  try {
    const { text, diagnostics, sources } = await config(
      { load: loadRequestOf(conformanceCase), format: 'json' },
      reader,
      () => '',
    );
    const said = diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, sources)).join('\n');
    return { model: JSON.parse(text), said };
  } catch (thrown) {
    if (!(thrown instanceof ProjectError)) throw thrown;
    return { said: thrown.diagnostics.map((found) => renderDiagnostic(found, thrown.sources)).join('\n') };
  }
}

/** Puts the case's folders where its texts say `<DIR>` and `<PARENT>`. */
export function withFolders(text: string, conformanceCase: ConformanceCase): string {
  return text.replaceAll('<DIR>', `${parentFolder}/${conformanceCase.dirname}`).replaceAll('<PARENT>', parentFolder);
}

/** What a case loads, in its folder below {@link parentFolder}. */
export function loadRequestOf(conformanceCase: ConformanceCase): LoadRequest {
  const { args, configArgs, env, dirname, cwd } = conformanceCase;
  const environment = Object.entries(env).map(([name, value]) => [name, withFolders(value, conformanceCase)]);
  const load: Mutable<LoadRequest> = {
    workingDirectory: join(parentFolder, dirname, cwd),
    environment: { PATH: '/bin', HOME: '/home/tester', ...Object.fromEntries(environment) },
    homeDirectory: '/home/tester',
  };
  const words = [...args, ...configArgs].map((word) => withFolders(word, conformanceCase));
  for (let word = words.shift(); word !== undefined; word = words.shift()) takeWord(word, words, load);
  return load;
}

function takeWord(word: string, rest: string[], load: Mutable<LoadRequest>): void {
  const next = (): string => rest.shift() ?? '';
  switch (word) {
    case '-f':
    case '--file':
      load.files = [...(load.files ?? []), next()];
      break;
    case '-p':
    case '--project-name':
      load.projectName = next();
      break;
    case '--profile':
      load.profiles = [...(load.profiles ?? []), next()];
      break;
    case '--env-file':
      load.environmentFiles = [...(load.environmentFiles ?? []), next()];
      break;
    case '--project-directory':
      load.projectDirectory = next();
      break;
    case '--compatibility':
      load.normalize = false;
      break;
    case '--all-resources':
      load.allResources = true;
      break;
    case '--no-interpolate':
      load.interpolate = false;
      break;
    case '--no-normalize':
      load.normalize = false;
      break;
    case '--no-path-resolution':
      load.resolvePaths = false;
      break;
    case '--no-consistency':
      load.checkConsistency = false;
      break;
    case '--no-env-resolution':
      break;
    default:
      if (word.startsWith('-')) throw new Error(`the corpus uses a flag this test does not know: ${word}`);
      load.services = [...(load.services ?? []), word];
  }
}
