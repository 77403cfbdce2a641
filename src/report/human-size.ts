const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const decimalUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Memory as `docker stats` shows it: binary units, four significant digits, `12.5MiB`. */
export function memorySize(bytes: number): string {
  return scaled(bytes, 1024, binaryUnits, 4);
}

/** Sizes on disk and in transfers as Docker shows them: decimal units, three significant digits, `1.09kB`. */
export function decimalSize(bytes: number): string {
  return scaled(bytes, 1000, decimalUnits, 3);
}

function scaled(bytes: number, base: number, units: readonly string[], digits: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= base && unit < units.length - 1) {
    value /= base;
    unit += 1;
  }
  return `${String(Number(value.toPrecision(digits)))}${units[unit] ?? ''}`;
}
