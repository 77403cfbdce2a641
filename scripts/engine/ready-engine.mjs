import { findEngine } from './find-engine.mjs';
import { canStartEngine, installEngine, startEngine } from './private-engine.mjs';
import { provideImage } from './provide-images.mjs';

/** What to do where no engine answers and none can be started, in two lines. */
const advice = {
  linux:
    'Install one with your package manager (Debian, Ubuntu: sudo apt-get install docker.io; Fedora: sudo dnf install podman',
  darwin: 'Install and start one (brew install colima docker && colima start, or Docker Desktop, OrbStack, Podman',
  win32: 'Install and start one (Docker Desktop, Rancher Desktop or Podman Desktop',
};

/**
 * The engine that answers, or a private one where the machine allows it.
 * @param {import('./engine-place.mjs').EnginePlace} place where a private one would go
 * @returns {Promise<import('./find-engine.mjs').FoundEngine>} rejects with two lines that help
 */
export async function readyEngine(place) {
  const found = await findEngine();
  if (found !== undefined) return found;
  if (canStartEngine()) return ((await installEngine()) ? await findEngine() : undefined) ?? (await startEngine(place));
  const how = advice[process.platform] ?? 'Install and start one (Docker or Podman';
  throw new Error(`No container engine answers here.\n${how}), or set DOCKER_HOST.`);
}

/**
 * The variables that lead child processes to an engine. One that a context reaches with certificates stays with the context.
 * @param {import('./find-engine.mjs').FoundEngine} engine
 * @returns {Record<string, string>}
 */
export function engineEnvironment({ address, endpoint }) {
  return endpoint !== undefined && 'certificates' in endpoint ? {} : { DOCKER_HOST: address };
}

/**
 * Sees to images, each under a variable.
 * @param {import('./find-engine.mjs').FoundEngine} engine
 * @param {Readonly<Record<string, 'busybox' | 'node'>>} wanted variable name to image
 * @returns {Promise<Record<string, string>>} nothing for an engine that these scripts cannot speak to: it pulls by itself
 */
export async function imageEnvironment({ endpoint }, wanted) {
  const environment = {};
  if (endpoint === undefined) return environment;
  for (const [variable, name] of Object.entries(wanted)) environment[variable] = await provideImage(endpoint, name);
  return environment;
}
