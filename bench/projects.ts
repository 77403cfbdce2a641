import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A project folder made for one bench. */
export interface BenchProject {
  readonly name: string;
  readonly folder: string;
  readonly services: number;
  /** Images that the engine has to have. */
  readonly images?: readonly string[];
}

const image = process.env['TOPSAIL_TEST_BUSYBOX'] ?? 'busybox:latest';

function write(name: string, services: number, body: string): BenchProject {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'topsail-bench-')), name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'compose.yaml'), body);
  return { name, folder, services };
}

const sleeper = ['    command: ["sleep", "1000"]', '    stop_grace_period: 0s', '    init: true'];

/** Services that do not depend on each other. */
export function independentServices(count: number): BenchProject {
  const services = Array.from({ length: count }, (_, index) =>
    [`  s${index}:`, `    image: ${image}`, ...sleeper].join('\n'),
  );
  return write(`bench-flat-${count}`, count, `services:\n${services.join('\n')}\n`);
}

/** Services whose process ignores the signal that asks it to end, with the grace period that Compose gives them. */
export function stubbornServices(count: number): BenchProject {
  const services = Array.from({ length: count }, (_, index) =>
    [
      `  s${index}:`,
      `    image: ${image}`,
      `    command: ["sh", "-c", "trap '' TERM; while :; do sleep 1000; done"]`,
    ].join('\n'),
  );
  return write(`bench-stubborn-${count}`, count, `services:\n${services.join('\n')}\n`);
}

/** A store with a health check, and a server after it, as in the first example of many a test. */
export function storeAndServer(): BenchProject {
  const images = ['redis:7-alpine', 'nginx:alpine'] as const;
  const body = `services:
  cache:
    image: ${images[0]}
    ports: ["6379"]
    healthcheck: {test: [CMD, redis-cli, ping], interval: 1s, timeout: 3s, retries: 30}
  web:
    image: ${images[1]}
    ports: ["80"]
    depends_on: {cache: {condition: service_healthy}}
`;
  return { ...write('bench-two', 2, body), images };
}

/** A chain in which each service waits for the one before to be healthy, with checks every second. */
export function healthyChain(count: number): BenchProject {
  const services = Array.from({ length: count }, (_, index) =>
    [
      `  s${index}:`,
      `    image: ${image}`,
      ...sleeper,
      '    healthcheck: {test: ["CMD", "true"], interval: 1s, timeout: 2s, retries: 5}',
      ...(index === 0 ? [] : [`    depends_on: {s${index - 1}: {condition: service_healthy}}`]),
    ].join('\n'),
  );
  return write(`bench-chain-${count}`, count, `services:\n${services.join('\n')}\n`);
}

/** A file with many services and attributes, for `config -q`. */
export function largeFile(count: number): BenchProject {
  const services = Array.from({ length: count }, (_, index) =>
    [
      `  s${index}:`,
      `    image: registry.example/app-${index}:\${TAG:-1.0}`,
      `    command: ["serve", "--port", "${8000 + (index % 1000)}"]`,
      '    environment:',
      `      NAME: s${index}`,
      '      LOG_LEVEL: ${LOG_LEVEL:-info}',
      `    ports: ["${10000 + index}:80"]`,
      '    labels: {tier: web}',
      '    deploy: {resources: {limits: {cpus: "0.5", memory: 64M}}}',
      ...(index === 0 ? [] : [`    depends_on: [s${index - 1}]`]),
    ].join('\n'),
  );
  return write(`bench-file-${count}`, count, `services:\n${services.join('\n')}\n`);
}

/** A file of about 5,000 lines in few services. */
export function longFile(): BenchProject {
  const variables = Array.from({ length: 92 }, (_, index) => `      VARIABLE_${index}: "\${PREFIX:-value}-${index}"`);
  const services = Array.from({ length: 50 }, (_, index) =>
    [
      `  s${index}:`,
      `    image: registry.example/app-${index}:1.0`,
      '    labels: [tier=web, team=a]',
      `    volumes: ["data-${index}:/data"]`,
      `    ports: ["${10_000 + index}:80"]`,
      '    environment:',
      ...variables,
    ].join('\n'),
  );
  const volumes = Array.from({ length: 50 }, (_, index) => `  data-${index}: {}`);
  return write('bench-long-file', 50, `services:\n${services.join('\n')}\nvolumes:\n${volumes.join('\n')}\n`);
}

/** A service that has printed much: lines of a hundred characters. */
export function talker(lines: number): BenchProject {
  const body = `services:
  talker:
    image: ${image}
    command: ["sh", "-c", "yes ${'.'.repeat(99)} | head -n ${lines}"]
`;
  return write('bench-talker', 1, body);
}

/** A service whose many replicas somebody else creates. */
export function manyReplicas(): BenchProject {
  return write('bench-many', 0, `services:\n  app:\n    image: ${image}\n`);
}
