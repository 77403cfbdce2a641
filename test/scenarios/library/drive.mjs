// Drives the project of this folder through the library in dist/lib and prints what it saw as one JSON object.
import { down, isTopsailError, load, logs, plan, ps, up } from '../../../dist/lib/index.js';

const source = { workingDirectory: import.meta.dirname, projectName: process.argv[2] };
const seen = { events: {} };
const onEvent = ({ type }) => {
  seen.events[type] = (seen.events[type] ?? 0) + 1;
};

const { project } = await load(source);
seen.services = Object.keys(project.services);
seen.planned = (await plan(source)).nodes.length > 0;
seen.changed = (await up(source, { onEvent })).execution.changed;
seen.running = (await ps(source)).map(({ service, state }) => [service, state]);
seen.lines = [];
for await (const { source: from, text } of logs(source)) seen.lines.push(`${from.service}: ${text}`);

const aborted = AbortSignal.abort(new Error('not today'));
seen.aborted = await up(source, { signal: aborted, recreate: 'force' }).catch((error) => error.message);
seen.refused = await down(source, { services: ['wbe'] }).catch((error) => isTopsailError(error) && error.code);
seen.misspelt = await load({ ...source, files: ['nowhere.yaml'] }).catch(
  (error) => isTopsailError(error) && error.code,
);

await down({ name: project.name });
seen.left = (await ps({ name: project.name }, { all: true })).length;
process.stdout.write(JSON.stringify(seen));
