const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const decimalUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes of a transfer as Docker's pulls show them: decimal units, four significant digits, `12.5MB`. */
export function transferSize(bytes: number): string {
  return sizeText(bytes, 1000, decimalUnits, 4);
}

/** Amounts of data as Docker's lists show them: decimal units, three significant digits, `1.99MB`. */
export function decimalSize(bytes: number): string {
  return sizeText(bytes, 1000, decimalUnits, 3);
}

/** Memory as `docker stats` shows it: binary units, four significant digits, `12.5MiB`. */
export function memorySize(bytes: number): string {
  return sizeText(bytes, 1024, binaryUnits, 4);
}

function sizeText(bytes: number, step: number, units: readonly string[], digits: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= step && unit < units.length - 1) {
    value /= step;
    unit += 1;
  }
  return `${String(Number(value.toPrecision(digits)))}${units[unit] ?? ''}`;
}
