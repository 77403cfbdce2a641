/**
 * Orders keys as Go's YAML printer does: numbers by value, letters after other characters (before them where a number
 * has just ended), everything else by code point.
 */
export function compareNaturally(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  const length = Math.min(left.length, right.length);
  let same = 0;
  while (same < length && left[same] === right[same]) same += 1;
  if (same === length) return left.length - right.length;
  const [one = '', other = ''] = [left[same], right[same]];
  const letters = [isLetter(one), isLetter(other)];
  if (letters[0] !== letters[1]) {
    const afterDigit = same > 0 && isDigit(left[same - 1] ?? '');
    return letters[0] === afterDigit ? -1 : 1;
  }
  if (letters[0] === true) return byCodePoint(one, other);
  return byNumber(left, right, same) || byCodePoint(one, other);
}

function isLetter(character: string): boolean {
  return /\p{L}/u.test(character);
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function byCodePoint(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
}

/** Compares the numbers that begin where two keys part; a leading zero counts only inside a number. */
function byNumber(left: readonly string[], right: readonly string[], from: number): number {
  const inNumber = startsInsideNumber(left, from) && (left[from] === '0' || right[from] === '0') ? '1' : '';
  const [one, other] = [digitsAt(left, from), digitsAt(right, from)];
  return Number(inNumber + one) - Number(inNumber + other) || one.length - other.length;
}

function startsInsideNumber(characters: readonly string[], from: number): boolean {
  for (let at = from - 1; at >= 0 && isDigit(characters[at] ?? ''); at -= 1) {
    if (characters[at] !== '0') return true;
  }
  return false;
}

function digitsAt(characters: readonly string[], from: number): string {
  let digits = '';
  for (let at = from; isDigit(characters[at] ?? ''); at += 1) digits += characters[at] ?? '';
  return digits;
}
