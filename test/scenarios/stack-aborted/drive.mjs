// Brings a stack up again and again and aborts each time after so many milliseconds. It has to end by itself.
import { up } from '../../../dist/lib/testing/index.js';

const [file, project, ...moments] = process.argv.slice(2);
const ends = [];
for (const moment of moments) {
  const enough = new Error('enough');
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(enough), Number(moment));
  const env = { COMPOSE_PROJECT_NAME: project };
  try {
    const stack = await up(file, { env, signal: controller.signal });
    // What is up stays up, whatever becomes of the signal.
    controller.abort(enough);
    await stack.service('web').exec(['true']);
    await stack.down();
    ends.push('up');
  } catch (error) {
    ends.push(error === enough ? 'aborted' : `${error.name}: ${error.message}`);
  }
  clearTimeout(timer);
}
process.stdout.write(JSON.stringify(ends));
