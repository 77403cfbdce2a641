const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Memory as `docker stats` shows it: binary units, four significant digits, `12.5MiB`. */
export function memorySize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${String(Number(value.toPrecision(4)))}${units[unit] ?? ''}`;
}
