#!/usr/bin/env node
// Takes the sample down and stops the private engine, if there is one. With --all, removes its posts and the engine's data too.
import { existsSync } from 'node:fs';
import { enginePlace } from './engine/engine-place.mjs';
import { findEngine } from './engine/find-engine.mjs';
import { removeEngine, stopEngine } from './engine/private-engine.mjs';
import { engineEnvironment } from './engine/ready-engine.mjs';
import { runCommand } from './run-command.mjs';
import { command, sample } from './sample.mjs';

const everything = process.argv.includes('--all');

async function stop() {
  const engine = await findEngine();
  if (engine !== undefined) await takeDown(engine);
  const place = enginePlace();
  if (await stopEngine(place)) console.log('The private engine is stopped');
  if (everything && existsSync(place.folder)) await removeEngine(place);
}

async function takeDown(engine) {
  const words = [command, 'down', ...(everything ? ['--volumes'] : [])];
  const env = { ...process.env, ...engineEnvironment(engine) };
  const { exitCode } = await runCommand(process.execPath, words, { cwd: sample.folder, env, inherit: true });
  if (exitCode !== 0) process.exitCode = exitCode;
}

try {
  await stop();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
