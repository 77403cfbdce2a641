// Keeps a leased copy, or a part in a shared one, until it is told to end. Prints a line of JSON once it is up.
import { instance, lease, share, up } from '../../../dist/lib/index.js';

const [workingDirectory, projectName, key] = process.argv.slice(2);
const source = { workingDirectory, projectName };
const say = (words) => process.stdout.write(`${JSON.stringify({ pid: process.pid, ...words })}\n`);

async function keepOwn() {
  const copy = await instance(source, { leased: true });
  const kept = await lease(copy);
  say({ project: copy.project.name, state: 'held' });
  await up(copy, { wait: true });
  say({ project: copy.project.name, state: 'up' });
  return () => kept.end();
}

async function keepShared() {
  const shared = await share(source, { key });
  say({ project: shared.copy.project.name, state: 'up', isFirst: shared.isFirst });
  return () => shared.release();
}

const end = await (key === undefined ? keepOwn() : keepShared());
for await (const _ of process.stdin) break;
await end();
process.exit(0);
