// The page: reads posts from the database, asks authentication who is writing.
import { createServer } from 'node:http';
import { renderPage } from './page.mjs';

const { DATABASE_URL, AUTHENTICATION_URL, BLOG_TITLE } = process.env;

const post = (url, value) => fetch(url, { method: 'POST', body: JSON.stringify(value) });

async function currentAuthor(request) {
  const token = /(?:^|; )session=([0-9a-f]+)/.exec(request.headers.cookie ?? '')?.[1];
  if (token === undefined) return undefined;
  const session = await fetch(`${AUTHENTICATION_URL}/sessions/${token}`);
  return session.ok ? (await session.json()).name : undefined;
}

async function readForm(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
}

async function showPage(request, response, problem) {
  const [posts, author] = await Promise.all([
    fetch(`${DATABASE_URL}/posts`).then((found) => found.json()),
    currentAuthor(request),
  ]);
  const html = renderPage({ title: BLOG_TITLE, posts, author, problem });
  response.writeHead(problem === undefined ? 200 : 401, { 'content-type': 'text/html; charset=utf-8' }).end(html);
}

async function logIn(request, response) {
  const session = await post(`${AUTHENTICATION_URL}/sessions`, await readForm(request));
  if (!session.ok) return await showPage(request, response, await session.json());
  const { token } = await session.json();
  response.writeHead(303, { location: '/', 'set-cookie': `session=${token}; HttpOnly; SameSite=Strict; Path=/` }).end();
}

async function writePost(request, response) {
  const author = await currentAuthor(request);
  if (author === undefined) return await showPage(request, response, 'log in first');
  const { title, text } = await readForm(request);
  await post(`${DATABASE_URL}/posts`, { author, title, text });
  response.writeHead(303, { location: '/' }).end();
}

async function answer(request, response) {
  switch (`${request.method} ${request.url}`) {
    case 'GET /health':
      return response.end('ok');
    case 'GET /':
      return await showPage(request, response);
    case 'POST /login':
      return await logIn(request, response);
    case 'POST /posts':
      return await writePost(request, response);
    default:
      return response.writeHead(404).end('Not found');
  }
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error);
    response.writeHead(502).end('The blog is out of order');
  });
});
server.listen(3000, () => console.log('web: ready on port 3000'));

process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  process.exit(0);
});
