/**
 * Reads an engine address as DOCKER_HOST has it.
 * @param {string} address
 * @param {string} [certificates] folder of ca.pem, cert.pem and key.pem
 * @returns {import('./engine-request.mjs').Endpoint | undefined} undefined for a scheme these scripts do not speak
 */
export function parseEndpoint(address, certificates) {
  const local = /^(?:unix|npipe):\/\/(.+)$/.exec(address);
  if (local?.[1] !== undefined) return { socketPath: local[1] };
  const remote = /^(?:tcp|https?):\/\/(\[[^\]]+\]|[^:/]+)(?::(\d+))?/.exec(address);
  if (remote?.[1] === undefined) return undefined;
  const host = remote[1].replace(/^\[|\]$/g, '');
  const port = Number(remote[2] ?? (certificates === undefined ? 2375 : 2376));
  return certificates === undefined ? { host, port } : { host, port, certificates };
}
