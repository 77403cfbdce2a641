const decimalByte = /^(?:0|[1-9]\d{0,2})$/;
const hexadecimalGroup = /^[0-9a-fA-F]{1,4}$/;

function isVersion4(text: string): boolean {
  const bytes = text.split('.');
  return bytes.length === 4 && bytes.every((byte) => decimalByte.test(byte) && Number(byte) <= 255);
}

function countGroups(text: string, mayEndInVersion4: boolean): number | undefined {
  if (text === '') return 0;
  const groups = text.split(':');
  const last = groups.at(-1) ?? '';
  const endsInVersion4 = mayEndInVersion4 && last.includes('.');
  const plain = endsInVersion4 ? groups.slice(0, -1) : groups;
  if (endsInVersion4 && !isVersion4(last)) return undefined;
  return plain.every((group) => hexadecimalGroup.test(group)) ? plain.length + (endsInVersion4 ? 2 : 0) : undefined;
}

function isVersion6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const [head = '', tail] = halves;
  const before = countGroups(head, tail === undefined);
  const after = tail === undefined ? 0 : countGroups(tail, true);
  if (before === undefined || after === undefined) return false;
  return tail === undefined ? before === 8 : before + after < 8;
}

/** Whether a text is an IPv4 or IPv6 address without brackets, zone or prefix length. */
export function isAddress(text: string): boolean {
  return text.includes(':') ? isVersion6(text) : isVersion4(text);
}
