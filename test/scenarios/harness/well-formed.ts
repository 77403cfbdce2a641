/** Why a text is not well-formed XML, or undefined: tags that match, quoted attributes, no bare `<` or `&`, no control characters. */
export function xmlFault(text: string): string | undefined {
  const control = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(text);
  if (control !== null) return `control character at ${String(control.index)}`;
  const open: string[] = [];
  const part =
    /<!--[\s\S]*?-->|<(\/?)([\w:-]+)((?:\s+[\w:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[<>]|&(?!(?:\w+|#\d+|#x[\da-f]+);)/gi;
  for (const [whole, close, name, , empty] of text.matchAll(part)) {
    if (whole.startsWith('<!--')) continue;
    if (name === undefined) {
      if (whole === '>') continue;
      return `bare ${whole}`;
    }
    if (close === '/') {
      const expected = open.pop();
      if (expected !== name) return `</${name}> where </${String(expected)}> has to be`;
    } else if (empty !== '/') open.push(name);
  }
  return open.length === 0 ? undefined : `<${open.join('><')}> stays open`;
}
