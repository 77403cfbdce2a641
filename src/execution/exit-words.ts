const signals: ReadonlyMap<number, string> = new Map([
  [1, 'SIGHUP'],
  [2, 'SIGINT'],
  [3, 'SIGQUIT'],
  [4, 'SIGILL'],
  [6, 'SIGABRT'],
  [7, 'SIGBUS'],
  [8, 'SIGFPE'],
  [9, 'SIGKILL'],
  [11, 'SIGSEGV'],
  [13, 'SIGPIPE'],
  [15, 'SIGTERM'],
]);

/** What an exit code means beyond its number, in brackets after a space, or nothing: ` (SIGKILL)`, ` (command not found)`. */
export function exitWords(exitCode: number): string {
  const meaning = meaningOf(exitCode);
  return meaning === undefined ? '' : ` (${meaning})`;
}

function meaningOf(exitCode: number): string | undefined {
  if (exitCode === 126) return 'command cannot be executed';
  if (exitCode === 127) return 'command not found';
  return exitCode > 128 ? signals.get(exitCode - 128) : undefined;
}

/** Bytes as a memory limit is written: `64M`, `1.5G`. */
export function memoryWords(bytes: number): string {
  const units = ['B', 'K', 'M', 'G', 'T'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toFixed(1))}${units[unit] ?? ''}`;
}
