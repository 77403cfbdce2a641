import { readFile } from 'node:fs/promises';

/**
 * Parts of dockerode and docker-modem that Topsail never calls: it uses the modem alone, speaks ssh, packs build contexts and talks to
 * BuildKit itself. They pull in ssh2, grpc, protobuf and tar-fs, two thirds of dockerode's start-up time.
 */
const unusedModule =
  /[\\/](dockerode[\\/]lib[\\/](buildkit|config|container|exec|image|network|node|plugin|secret|service|session|task|util|volume)|docker-modem[\\/]lib[\\/]ssh)\.js$/;
const unusedPackage = /^(ssh2|tar-fs|cpu-features|protobufjs|@grpc\/.*)$/;

/** The modem prints every request for a debugger that is off, to unlimited depth. */
const printedRequest = /util\.inspect\(options, \{[^}]*\}\)/;

const stub = `module.exports = function leftOut() {
  throw new Error('this part of dockerode is left out of the topsail command');
};`;

const silent = 'module.exports = () => Object.assign(() => undefined, { enabled: false });';

const lazyHttps = `module.exports = new Proxy({}, { get: (_, name) => require('node:https')[name] });`;

/**
 * An esbuild plugin that keeps those parts out of a bundle and loads `https` when a TLS engine is first called.
 * @type {import('esbuild').Plugin}
 */
export const slimDockerode = {
  name: 'slim-dockerode',
  setup(build) {
    build.onResolve({ filter: unusedPackage }, ({ path }) => ({ path, namespace: 'left-out' }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: stub, loader: 'js' }));
    build.onLoad({ filter: unusedModule }, () => ({ contents: stub, loader: 'js' }));
    build.onLoad({ filter: /docker-modem[\\/]lib[\\/]modem\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!printedRequest.test(text)) throw new Error('docker-modem no longer prints requests where it did');
      return { contents: text.replace(printedRequest, "''"), loader: 'js' };
    });
    // Both stand in for what Node has had for long, or for nothing.
    build.onResolve({ filter: /^readable-stream$/ }, () => ({ path: 'node:stream', external: true }));
    build.onResolve({ filter: /^debug$/ }, ({ path }) => ({ path, namespace: 'silent' }));
    build.onLoad({ filter: /.*/, namespace: 'silent' }, () => ({ contents: silent, loader: 'js' }));
    build.onResolve({ filter: /^https$/ }, ({ importer }) =>
      importer.includes('docker-modem') ? { path: 'https', namespace: 'lazy-https' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'lazy-https' }, () => ({ contents: lazyHttps, loader: 'js' }));
  },
};

/**
 * Whether every module that the plugin leaves out is still where it was: a dockerode update may move them.
 * @param {Readonly<Record<string, unknown>>} inputs of esbuild's metafile
 */
export function leavesOutHeavyParts(inputs) {
  return !Object.keys(inputs).some((path) => /node_modules[\\/](ssh2|tar-fs|protobufjs|@grpc)[\\/]/.test(path));
}
