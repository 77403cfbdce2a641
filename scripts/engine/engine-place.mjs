import { homedir } from 'node:os';
import { join } from 'node:path';

/** A unix socket's path has to fit in 108 bytes on Linux and 104 on macOS, its end mark included. */
const longestSocketPath = 103;

/**
 * Where a private engine keeps everything.
 * @typedef {object} EnginePlace
 * @property {string} folder
 * @property {string} socket
 * @property {string} pidFile
 * @property {string} log
 * @property {string} data
 * @property {string} exec run-time state; meaningless once the engine has ended
 * @property {string} bridgeMark exists while the default bridge is one that this engine made
 */

/**
 * The files of a private engine in a folder of its own.
 * @param {string} [folder] the well-known one when absent, which later commands look in too
 * @returns {EnginePlace}
 */
export function enginePlace(folder = wellKnownFolder()) {
  const socket = join(folder, 'docker.sock');
  if (Buffer.byteLength(socket) > longestSocketPath) {
    throw new Error(`${socket} is too long for a socket: set XDG_STATE_HOME to a folder with a shorter path`);
  }
  return {
    folder,
    socket,
    pidFile: join(folder, 'engine.pid'),
    log: join(folder, 'engine.log'),
    data: join(folder, 'data'),
    exec: join(folder, 'run'),
    bridgeMark: join(folder, 'made-bridge'),
  };
}

function wellKnownFolder() {
  return join(process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'topsail', 'engine');
}
