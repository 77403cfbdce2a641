// Knows who may write: keeps the author's password as a hash in the database and hands out sessions.
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { DATABASE_URL, AUTHOR_NAME, AUTHOR_PASSWORD } = process.env;
const sessions = new Map();

const hash = (password, salt) => scryptSync(password, salt, 32).toString('hex');
const authorUrl = (name) => `${DATABASE_URL}/authors/${encodeURIComponent(name)}`;

async function registerAuthor() {
  const salt = randomBytes(16).toString('hex');
  const body = JSON.stringify({ salt, hash: hash(AUTHOR_PASSWORD, salt) });
  const stored = await fetch(authorUrl(AUTHOR_NAME), { method: 'PUT', body });
  if (!stored.ok) throw new Error(`the database refused the author: ${await stored.text()}`);
}

async function logIn({ name, password }) {
  const found = await fetch(authorUrl(name));
  if (!found.ok) return [401, 'wrong name or password'];
  const author = await found.json();
  const given = Buffer.from(hash(password, author.salt));
  if (!timingSafeEqual(given, Buffer.from(author.hash))) return [401, 'wrong name or password'];
  const token = randomBytes(24).toString('hex');
  sessions.set(token, name);
  return [201, { token, name }];
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** Answers `[status, value]`. */
async function answer(request) {
  const [, kind, token] = request.url.split('/');
  if (kind === 'health') return [200, 'ok'];
  if (kind !== 'sessions') return [404, 'no such thing'];
  if (request.method === 'POST') return await logIn(await readBody(request));
  return sessions.has(token) ? [200, { name: sessions.get(token) }] : [404, 'no such session'];
}

await registerAuthor();
const server = createServer(async (request, response) => {
  const [status, value] = await answer(request).catch((error) => [500, error.message]);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
});
server.listen(3000, () => console.log(`authentication: ${AUTHOR_NAME} may write, ready on port 3000`));

process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  process.exit(0);
});
