#!/usr/bin/env node
// From a fresh clone to a running sample: packages, build, engine, images, then `topsail up`.
import { setTimeout as sleep } from 'node:timers/promises';
import { enginePlace } from './engine/engine-place.mjs';
import { engineEnvironment, imageEnvironment, readyEngine } from './engine/ready-engine.mjs';
import { prepareCheckout } from './prepare.mjs';
import { runCommand } from './run-command.mjs';
import { choosePort, command, publishedPort, sample } from './sample.mjs';

const answerSeconds = 30;

async function start() {
  await prepareCheckout();
  const engine = await readyEngine(enginePlace());
  console.log(`Using the engine of ${engine.source} at ${engine.address}`);
  const environment = {
    ...process.env,
    ...engineEnvironment(engine),
    ...(process.env.BLOG_NODE_IMAGE ? {} : await imageEnvironment(engine, { BLOG_NODE_IMAGE: 'node' })),
    BLOG_PORT: String(await choosePort(engine)),
  };
  await topsail(['graph'], environment);
  await topsail(['up', '--detach', '--wait', '--timeline'], environment);
  const url = await answeringUrl(engine, environment.BLOG_PORT);
  console.log(`\nThe blog answers at ${url}\nStop it with: npm stop`);
}

async function topsail(words, env) {
  console.log(`\n$ topsail ${words.join(' ')}`);
  const { exitCode } = await runCommand(process.execPath, [command, ...words], {
    cwd: sample.folder,
    env,
    inherit: true,
  });
  if (exitCode !== 0) throw new Error(`topsail ${words[0]} ended with exit code ${exitCode}`);
}

/** Where the page really is, asked until it is there. */
async function answeringUrl(engine, port) {
  const host = engine.endpoint !== undefined && 'host' in engine.endpoint ? engine.endpoint.host : 'localhost';
  const url = `http://${host}:${(await publishedPort(engine)) ?? port}/`;
  const deadline = performance.now() + answerSeconds * 1000;
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch((error) => error);
    if (answer instanceof Response && answer.ok) return url;
    if (performance.now() > deadline) {
      throw new Error(`${url} does not answer: ${answer instanceof Response ? answer.status : answer}`);
    }
    await sleep(200);
  }
}

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
