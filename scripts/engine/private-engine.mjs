import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from '../run-command.mjs';
import { engineJson, engineRequest } from './engine-request.mjs';
import { canInstallPackages, installPackages } from './install-packages.mjs';
import { mountsBelow } from './mounts-below.mjs';
import { unreachableEngine } from './other-engines.mjs';
import { endOwnProcess, ownProcess } from './own-process.mjs';

const startSeconds = 60;
const stopSeconds = 30;
const packages = ['docker.io', 'iptables', 'iproute2', 'ca-certificates'];
/** Where Debian puts daemons, which root's PATH need not hold. */
const path = `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`;

/** Whether this machine allows a private engine: Linux, root, and an engine that is there or can be installed. */
export function canStartEngine() {
  return (
    process.platform === 'linux' && process.getuid?.() === 0 && (findDaemon() !== undefined || canInstallPackages())
  );
}

/**
 * Installs the distribution's engine when the machine has none.
 * @returns {Promise<boolean>} whether it did; the package may have started a service of its own
 */
export async function installEngine() {
  if (findDaemon() !== undefined) return false;
  await installPackages(kernelHasAppArmor() ? [...packages, 'apparmor'] : packages);
  return true;
}

/**
 * Starts an engine of our own.
 * @param {import('./engine-place.mjs').EnginePlace} place
 * @returns {Promise<import('./find-engine.mjs').FoundEngine>}
 */
export async function startEngine(place) {
  const other = unreachableEngine();
  if (other !== undefined) {
    throw new Error(
      `another engine runs here (${other}) and two would fight over the firewall: name it with DOCKER_HOST`,
    );
  }
  await mkdir(place.folder, { recursive: true });
  await chmod(place.folder, 0o711);
  await clearRunState(place);
  const daemon = findDaemon();
  if (daemon === undefined) throw new Error('there is no dockerd to start');
  console.log(`Starting a private engine in ${place.folder}`);
  const hadBridge = existsSync('/sys/class/net/docker0');
  let log = await launch(daemon, place, []);
  if (log !== undefined && /iptables/i.test(log))
    log = await launch(daemon, place, ['--iptables=false', '--ip6tables=false']);
  if (log !== undefined) throw new Error(`the private engine did not start; the end of ${place.log}:\n${log}`);
  if (!hadBridge) await writeFile(place.bridgeMark, '');
  const endpoint = { socketPath: place.socket };
  const { headers } = await engineRequest(endpoint, 'GET', '/_ping');
  const apiVersion = String(headers['api-version']);
  return { source: 'topsail', address: `unix://${place.socket}`, endpoint, apiVersion };
}

/**
 * Stops the private engine and whatever runs in it. Its data stays.
 * @param {import('./engine-place.mjs').EnginePlace} place
 * @returns {Promise<boolean>} whether it ran
 */
export async function stopEngine(place) {
  const bridges = await bridgesOf(place);
  const ran = await endOwnProcess(place.pidFile, place.folder, stopSeconds);
  await clearRunState(place);
  for (const bridge of bridges) {
    await runCommand('ip', ['link', 'delete', bridge], { env: { ...process.env, PATH: path } });
  }
  if (ran) await rm(place.bridgeMark, { force: true });
  return ran;
}

/** The network devices the engine made and would leave behind. It makes those of its networks again when it starts. */
async function bridgesOf(place) {
  if (ownProcess(place.pidFile, place.folder) === undefined) return [];
  const networks = await engineJson({ socketPath: place.socket }, '/networks').catch(() => []);
  const own = networks.filter(({ Name, Driver }) => Driver === 'bridge' && Name !== 'bridge');
  const names = own.map(({ Id, Options }) => Options?.['com.docker.network.bridge.name'] ?? `br-${Id.slice(0, 12)}`);
  return existsSync(place.bridgeMark) ? [...names, 'docker0'] : names;
}

/**
 * Removes a stopped private engine's data.
 * @param {import('./engine-place.mjs').EnginePlace} place
 */
export async function removeEngine(place) {
  if (ownProcess(place.pidFile, place.folder) !== undefined) throw new Error('the private engine still runs');
  await unmountBelow(place.folder);
  // A volume may be a mount of somebody's folder: what is still mounted would be emptied with the rest.
  const left = await mountsBelow(place.folder);
  if (left.length > 0) throw new Error(`still mounted, so nothing was removed: ${left.join(', ')}`);
  await rm(place.folder, { recursive: true, force: true });
}

/** Starts the daemon. Resolves to undefined when it answers, to the end of its log when it does not. */
async function launch(daemon, place, extra) {
  const log = await open(place.log, 'w');
  const files = ['--data-root', place.data, '--exec-root', place.exec, '--pidfile', place.pidFile];
  const child = spawn(daemon, [...files, '--host', `unix://${place.socket}`, ...extra], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: { ...process.env, PATH: path },
  });
  let ended = false;
  child.on('exit', () => {
    ended = true;
  });
  child.on('error', () => {
    ended = true;
  });
  child.unref();
  await log.close();
  const answers = await waitForAnswer(place, () => ended);
  if (answers) return undefined;
  if (!ended) await endOwnProcess(place.pidFile, place.folder, stopSeconds);
  return (await readFile(place.log, 'utf8')).trimEnd().split('\n').slice(-8).join('\n');
}

async function waitForAnswer(place, hasEnded) {
  const deadline = performance.now() + startSeconds * 1000;
  while (performance.now() < deadline && !hasEnded()) {
    const answer = await engineRequest({ socketPath: place.socket }, 'GET', '/_ping', { idleSeconds: 2 }).catch(
      () => undefined,
    );
    if (answer?.status === 200) return true;
    await sleep(100);
  }
  return false;
}

/** A daemon that was killed leaves its containerd, its sockets and stale pid files, which keep the next one from starting. */
async function clearRunState(place) {
  if (ownProcess(place.pidFile, place.folder) !== undefined) return;
  await endOwnProcess(join(place.exec, 'containerd/containerd.pid'), place.folder, 10);
  await unmountBelow(place.exec);
  await rm(place.exec, { recursive: true, force: true });
  await rm(place.pidFile, { force: true });
  await rm(place.socket, { force: true });
}

async function unmountBelow(folder) {
  for (const mount of await mountsBelow(folder)) await runCommand('umount', ['--lazy', mount]);
}

/** Where the kernel enforces profiles, the engine needs the tool that loads them. */
function kernelHasAppArmor() {
  const file = '/sys/module/apparmor/parameters/enabled';
  return existsSync(file) && readFileSync(file, 'utf8').startsWith('Y');
}

function findDaemon() {
  return path
    .split(':')
    .filter(Boolean)
    .map((folder) => join(folder, 'dockerd'))
    .find((file) => existsSync(file));
}
