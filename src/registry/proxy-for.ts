/** The variables that name proxies. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that a request over TLS to a host goes through: `HTTPS_PROXY`, unless `NO_PROXY` lists the host, in capitals or
 * small letters. Undefined for none, and for a proxy of another kind than http.
 */
export function proxyFor(url: URL, environment: ProxyEnvironment): URL | undefined {
  const named = environment['HTTPS_PROXY'] || environment['https_proxy'] || '';
  const exceptions = environment['NO_PROXY'] || environment['no_proxy'] || '';
  if (named === '' || isException(url, exceptions)) return undefined;
  const address = named.includes('://') ? named : `http://${named}`;
  const proxy = URL.canParse(address) ? new URL(address) : undefined;
  return proxy?.protocol === 'http:' ? proxy : undefined;
}

/** `*`, a host or address, `domain` and `.domain` for what is below it, each with a port or without. */
function isException({ hostname, port }: URL, exceptions: string): boolean {
  return exceptions
    .split(',')
    .map((exception) => exception.trim().toLowerCase())
    .filter((exception) => exception !== '')
    .some((exception) => {
      const [, name = exception, only] = /^(.*):(\d+)$/.exec(exception) ?? [];
      if (only !== undefined && only !== (port || '443')) return false;
      const domain = name.replace(/^\*?\./, '');
      return name === '*' || hostname.endsWith(`.${domain}`) || (hostname === domain && domain === name);
    });
}
