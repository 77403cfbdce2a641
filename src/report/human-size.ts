const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

const decimalUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes of a transfer as Docker's pulls show them: decimal units, four significant digits, `12.5MB`. */
export function transferSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < decimalUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${String(Number(value.toPrecision(4)))}${decimalUnits[unit] ?? ''}`;
}

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
