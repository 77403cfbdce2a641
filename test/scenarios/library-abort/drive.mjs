// Aborts what takes long, at the event or line its second argument names, and says how it ended. Nothing else ends the process.
import { isTopsailError, logs, up } from '../../../dist/lib/index.js';

const [projectName, what] = process.argv.slice(2);
const source = { workingDirectory: import.meta.dirname, projectName };
const controller = new AbortController();
const report = (error) => {
  process.stdout.write(JSON.stringify({ typed: isTopsailError(error), code: error.code, message: error.message }));
};

if (what === 'reason') {
  const onEvent = ({ type, node }) => {
    if (type === 'node-started' && node?.startsWith('wait ')) controller.abort(new Error('the caller had enough'));
  };
  await up(source, { onEvent, signal: controller.signal }).catch(report);
} else if (what === 'plain') {
  const onEvent = ({ type }) => {
    if (type === 'node-started') controller.abort();
  };
  await up(source, { onEvent, signal: controller.signal }).catch(report);
} else if (what === 'throwing') {
  const onEvent = () => {
    throw new Error('a sink that throws');
  };
  await up(source, { onEvent, signal: AbortSignal.timeout(2000) }).catch(report);
} else {
  const lines = [];
  try {
    for await (const { text } of logs(source, { follow: true, signal: controller.signal })) {
      lines.push(text);
      controller.abort();
    }
  } catch (error) {
    report(error);
  }
  if (what === 'left') for await (const { text } of logs(source, { follow: true })) if (lines.push(text) > 1) break;
  process.stdout.write(JSON.stringify({ lines }));
}
