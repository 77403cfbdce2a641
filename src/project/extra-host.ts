/** One name and its addresses. Compose Specification, `extra_hosts`. */
export interface ExtraHost {
  readonly host: string;
  readonly addresses: readonly string[];
}

/** Reads `host=ip` or `host:ip`, addresses separated by commas (spec-facts 17.13). Throws a RangeError when it is neither. */
export function parseExtraHost(text: string): ExtraHost {
  const equals = text.indexOf('=');
  const separator = equals === -1 ? text.indexOf(':') : equals;
  if (separator === -1) throw new RangeError(`invalid additional host, missing IP: ${text}`);
  return makeExtraHost(text.slice(0, separator), [text.slice(separator + 1)]);
}

/** Checks a host name and cleans its addresses. Throws a RangeError when the name is not one. */
export function makeExtraHost(host: string, addresses: readonly string[]): ExtraHost {
  if (host === '' || /[:=]/.test(host)) throw new RangeError(`bad host name '${host}'`);
  return { host, addresses: addresses.flatMap((listed) => listed.split(',').map(withoutBrackets)) };
}

function withoutBrackets(address: string): string {
  return /^\[(.*)\]$/.exec(address)?.[1] ?? address;
}
