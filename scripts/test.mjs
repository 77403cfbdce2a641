#!/usr/bin/env node
// From a fresh clone to a verdict: packages, build, checks, engine, images, all tests. The last line is the verdict.
// Usage: node scripts/test.mjs [VITEST_PARAMETER...]; with any, such as `--project unit`, the checks are left out.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks } from './checks/run-checks.mjs';
import { enginePlace } from './engine/engine-place.mjs';
import { removeEngine, stopEngine } from './engine/private-engine.mjs';
import { provideRegistry } from './engine/provide-registry.mjs';
import { engineEnvironment, imageEnvironment, readyEngine } from './engine/ready-engine.mjs';
import { prepareCheckout } from './prepare.mjs';
import { runVitest } from './test/run-vitest.mjs';

const parameters = process.argv.slice(2);
const withoutEngine = ['unit', 'attributes', 'conformance', 'package'];
const total = { passed: 0, failed: 0, notAvailable: {} };

function add({ passed, failed, notAvailable = {} }) {
  total.passed += passed;
  total.failed += failed;
  for (const [why, count] of Object.entries(notAvailable)) {
    total.notAvailable[why] = (total.notAvailable[why] ?? 0) + count;
  }
}

/** Each stage may fail without keeping the next from being tried; a failed stage counts as one failure. */
async function stage(work) {
  try {
    await work();
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    total.failed += 1;
    return false;
  }
}

function needsEngine() {
  const projects = parameters.flatMap((word, index) =>
    word.startsWith('--project=') ? [word.slice(10)] : word === '--project' ? [parameters[index + 1]] : [],
  );
  return projects.length === 0 || projects.some((name) => !withoutEngine.includes(name));
}

/** The tests' own engine, when this machine has none, lives in a folder that goes away with it. */
async function testWithEngine() {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-engine-'));
  const place = enginePlace(folder);
  const cleanUp = async () => {
    await stopEngine(place);
    await removeEngine(place);
  };
  const leave = () => process.exit(130);
  const interrupted = () => {
    cleanUp().then(leave, leave);
  };
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
  try {
    const engine = await readyEngine(place);
    console.log(`Using the engine of ${engine.source} at ${engine.address}, API ${engine.apiVersion}`);
    const images = await imageEnvironment(engine, { TOPSAIL_TEST_BUSYBOX: 'busybox', TOPSAIL_TEST_NODE: 'node' });
    const registry = await provideRegistry(join(folder, 'registry'));
    const programs = registry === undefined ? {} : { TOPSAIL_TEST_REGISTRY: registry };
    add(await runVitest(parameters, { ...process.env, ...engineEnvironment(engine), ...images, ...programs }));
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    await cleanUp();
  }
}

async function test() {
  if (!(await stage(prepareCheckout))) return;
  // Older Node reads this file at every start, and the tests start Node hundreds of times.
  delete process.env.NODE_EXTRA_CA_CERTS;
  if (parameters.length === 0) await stage(async () => add(await runChecks([])));
  if (!needsEngine()) await stage(async () => add(await runVitest(parameters, process.env)));
  else if (!(await stage(testWithEngine))) {
    const projects = withoutEngine.flatMap((name) => ['--project', name]);
    await stage(async () => add(await runVitest([...projects, ...parameters], process.env)));
  }
}

await test();
for (const [why, count] of Object.entries(total.notAvailable)) console.log(`${count} not available here: ${why}`);
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`${total.passed} passed, ${total.failed} failed`);
