// Brings a stack up, says its name, and resets it until the process is killed.
import { up } from '../../../dist/lib/testing/index.js';

const [file, project] = process.argv.slice(2);
const stack = await up(file, { env: { COMPOSE_PROJECT_NAME: project } });
await stack.checkpoint('empty');
process.stdout.write(`${stack.name}\n`);
for (;;) await stack.reset('empty');
