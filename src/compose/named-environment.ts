import type { Named } from '../project/project.ts';

/** Environment variables as loading takes them: set ones only, on an object whose only names they are. */
export function namedEnvironment(variables: { readonly [name: string]: string | undefined }): Named<string> {
  const environment = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(variables)) if (value !== undefined) environment[name] = value;
  return environment;
}
