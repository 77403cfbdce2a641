import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * How a child process ended.
 * @typedef {object} CommandResult
 * @property {number} exitCode 128 + n when signal n ended it, 127 when it could not be started
 * @property {string} output stdout and stderr as they came, empty when inherited
 * @property {string} stdout
 */

/**
 * Runs a command to its end. Never rejects: the caller looks at `exitCode`.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, inherit?: boolean, timeoutSeconds?: number, shell?: boolean}} [settings]
 * @returns {Promise<CommandResult>}
 */
export function runCommand(command, parameters, settings = {}) {
  const { cwd, env = process.env, inherit = false, timeoutSeconds, shell = false } = settings;
  return new Promise((resolve) => {
    const child = spawn(command, parameters, {
      cwd,
      env,
      shell,
      stdio: inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      ...(timeoutSeconds === undefined ? {} : { timeout: timeoutSeconds * 1000, killSignal: 'SIGKILL' }),
    });
    const all = [];
    const out = [];
    child.stdout?.on('data', (chunk) => {
      all.push(chunk);
      out.push(chunk);
    });
    child.stderr?.on('data', (chunk) => all.push(chunk));
    const end = (exitCode, note = '') =>
      resolve({ exitCode, output: Buffer.concat(all).toString() + note, stdout: Buffer.concat(out).toString() });
    child.on('error', (error) => end(127, error.message));
    child.on('close', (code, signal) => end(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
  });
}
