import { readFile } from 'node:fs/promises';

/** A variable of the module and its value, on one line or up to a line of closing brackets. */
const variable = /^(var \w+ = )((?:new \w|define\w+Tag\(|\w+\.withTags\(|\{$)(?:.*|[\s\S]*?\n[\]})]+));$/gm;

/**
 * An esbuild plugin that lets esbuild leave out the tags, schemas and options of js-yaml that nothing uses: Topsail takes its events
 * and the values of scalars, and making the rest costs every start more than reading a small file does.
 * @type {import('esbuild').Plugin}
 */
export const slimJsYaml = {
  name: 'slim-js-yaml',
  setup(build) {
    build.onLoad({ filter: /js-yaml[\\/]dist[\\/]js-yaml\.mjs$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { contents: text.replace(variable, '$1/* @__PURE__ */ (() => ($2))();'), loader: 'js' };
    });
  },
};
