/**
 * The house of docs/architecture.md as data. A folder of src/ may import only folders with a smaller number; folders with
 * equal numbers never import each other.
 *
 * - `pure`: no await, clock, environment, file system, network or Node built-in.
 * - `builtins`: Node built-ins that a pure folder may use after all, because what it calls of them only computes.
 * - `vendors`: the packages that this folder alone may import.
 * - `adapter`: the folder implements a port over something real; only a constructor of adapters may import it.
 * - `constructsAdapters`: this folder may import adapters and reporters.
 * @type {Readonly<Record<string, {level: number, pure?: true, builtins?: readonly string[], vendors?: readonly string[], adapter?: true, constructsAdapters?: true}>>}
 */
export const layers = {
  diagnostics: { level: 0, pure: true },
  interpolation: { level: 0, pure: true },
  source: { level: 1, vendors: ['@balena/dockerignore', 'tar-stream'] },
  document: { level: 1, pure: true, vendors: ['yaml', 'js-yaml'] },
  project: { level: 1, pure: true },
  engine: { level: 1 },
  graph: { level: 1, pure: true, vendors: ['@dagrejs/graphlib'] },
  schema: { level: 2, pure: true },
  loader: { level: 3 },
  state: { level: 4, pure: true, builtins: ['node:crypto'] },
  observe: { level: 5 },
  plan: { level: 5, pure: true },
  events: { level: 6, pure: true },
  execution: { level: 7 },
  follow: { level: 7 },
  dockerode: { level: 7, adapter: true, vendors: ['dockerode', 'docker-modem'] },
  buildkit: { level: 7, adapter: true },
  'classic-builder': { level: 7, adapter: true },
  registry: { level: 7, adapter: true },
  credentials: { level: 7, adapter: true },
  probe: { level: 7, adapter: true },
  process: { level: 7, adapter: true },
  'memory-engine': { level: 7, adapter: true },
  report: { level: 7, adapter: true, vendors: ['listr2', 'ora'] },
  compose: { level: 8 },
  connect: { level: 8, constructsAdapters: true },
  instances: { level: 8 },
  library: { level: 9, constructsAdapters: true },
  testing: { level: 10 },
  'index.ts': { level: 10, constructsAdapters: true },
  'watcher.ts': { level: 10, constructsAdapters: true },
  cli: { level: 10, constructsAdapters: true, vendors: ['commander'] },
};
