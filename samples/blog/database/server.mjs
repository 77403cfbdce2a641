// The blog's database: posts and authors in one JSON file on a volume, served over HTTP.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const file = '/data/blog.json';
const firstPost = {
  author: 'captain',
  written: new Date().toISOString(),
  title: 'All hands on deck',
  text: 'The database came up first, authentication next, and this page last. Log in to write the second post.',
};

const content = await readContent();

async function readContent() {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return { posts: [firstPost], authors: {} };
  }
}

/** Written beside the file and renamed over it, so that a crash leaves the old posts or the new ones. */
let writing = Promise.resolve();
function save() {
  writing = writing.then(async () => {
    await mkdir('/data', { recursive: true });
    await writeFile(`${file}.new`, JSON.stringify(content));
    await rename(`${file}.new`, file);
  });
  return writing;
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** Answers `[status, value]`. */
async function answer(request) {
  const [, kind, name] = request.url.split('/').map(decodeURIComponent);
  switch (`${request.method} ${kind}`) {
    case 'GET health':
      return [200, 'ok'];
    case 'GET posts':
      return [200, content.posts];
    case 'POST posts':
      content.posts.unshift({ ...(await readBody(request)), written: new Date().toISOString() });
      await save();
      return [201, content.posts[0]];
    case 'GET authors':
      return Object.hasOwn(content.authors, name) ? [200, content.authors[name]] : [404, 'no such author'];
    case 'PUT authors':
      content.authors[name] = await readBody(request);
      await save();
      return [201, 'stored'];
    default:
      return [404, 'no such thing'];
  }
}

const server = createServer(async (request, response) => {
  const [status, value] = await answer(request).catch((error) => [500, error.message]);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
});
server.listen(3000, () => console.log(`database: ${content.posts.length} posts, ready on port 3000`));

process.on('SIGTERM', async () => {
  server.close();
  server.closeAllConnections();
  await writing;
  process.exit(0);
});
