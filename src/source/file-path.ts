/**
 * Paths of files as text, without a file system: the loader also runs where there is none. A path is one of Windows when it
 * begins like one or stands beside one that does, wherever this runs; else it is one of a Unix.
 */

const windowsStart = /^(?:[a-zA-Z]:[\\/]|\\\\)/;

/** Whether a path begins with a drive or a share of Windows. */
export function isWindowsPath(path: string): boolean {
  return windowsStart.test(path);
}

/** Whether a path needs no folder to be found from, where `directory` is a folder. */
export function isAbsolutePath(path: string, directory: string): boolean {
  return path.startsWith('/') || isWindowsPath(path)
    ? path.startsWith('/') || isWindowsPath(directory)
    : path.startsWith('\\') && isWindowsPath(directory);
}

/** A path below a folder, cleaned: no `.`, no doubled or trailing separator and, where it can be, no `..`. */
export function joinPath(directory: string, path: string): string {
  const windows = isWindowsPath(directory);
  if (directory === '') return cleaned('', path, windows);
  const root = rootOf(directory);
  return cleaned(root, `${directory.slice(root.length)}${separatorOf(directory)}${path}`, windows);
}

/** The absolute path, cleaned, of what is written as `path` in an absolute folder. */
export function absolutePath(directory: string, path: string): string {
  if (!isAbsolutePath(path, directory)) return joinPath(directory, path);
  const windows = isWindowsPath(directory);
  // On Windows a path without a drive is on that of the folder.
  const root = windows && !isWindowsPath(path) ? '' : rootOf(path);
  return cleaned(root === '' ? rootOf(directory) : root, path.slice(root.length), windows);
}

/** The folder that a path is in; the path itself for a root. */
export function parentFolder(path: string): string {
  const root = rootOf(path);
  const steps = stepsOf(path.slice(root.length), isWindowsPath(path));
  return cleaned(root, steps.slice(0, -1).join(separatorOf(path)), isWindowsPath(path));
}

/** The last part of a path; empty for a root. */
export function lastName(path: string): string {
  return stepsOf(path.slice(rootOf(path).length), isWindowsPath(path)).at(-1) ?? '';
}

/** How to get from one absolute folder to another: `..` and names; empty for the same, absolute on another drive. */
export function pathBetween(from: string, to: string): string {
  const windows = isWindowsPath(from);
  if (rootOf(from).toLowerCase() !== rootOf(to).toLowerCase()) return to;
  const start = stepsOf(from.slice(rootOf(from).length), windows);
  const end = stepsOf(to.slice(rootOf(to).length), windows);
  const same = (a: string | undefined, b: string | undefined): boolean =>
    windows ? a?.toLowerCase() === b?.toLowerCase() : a === b;
  let common = 0;
  while (common < start.length && common < end.length && same(start[common], end[common])) common += 1;
  return [...start.slice(common).map(() => '..'), ...end.slice(common)].join(separatorOf(from));
}

/** The folders that lead to an absolute path, and the path: `/`, `/a`, `/a/b`. */
export function pathsDownTo(path: string): readonly string[] {
  const above = parentFolder(path);
  return above === path ? [path] : [...pathsDownTo(above), path];
}

function separatorOf(path: string): string {
  return isWindowsPath(path) ? '\\' : '/';
}

/** `/`, `C:\` or `\\server\share\`; empty for a relative path. */
function rootOf(path: string): string {
  if (!isWindowsPath(path)) return path.startsWith('/') ? '/' : '';
  return /^(?:[a-zA-Z]:[\\/]|\\\\[^\\/]+[\\/]+[^\\/]+[\\/]?|\\\\)/.exec(path)?.[0] ?? '';
}

function stepsOf(path: string, windows: boolean): readonly string[] {
  return path.split(windows ? /[\\/]+/ : /\/+/).filter((step) => step !== '');
}

function cleaned(root: string, path: string, windows: boolean): string {
  const steps: string[] = [];
  for (const step of stepsOf(path, windows)) {
    if (step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else if (root === '') steps.push(step);
  }
  const separator = windows ? '\\' : '/';
  const start = windows ? root.replaceAll('/', '\\').replace(/^(\\\\.*[^\\])$/, '$1\\') : root;
  return start === '' && steps.length === 0 ? '.' : `${start}${steps.join(separator)}`;
}
