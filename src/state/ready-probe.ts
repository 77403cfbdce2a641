import type { JsonValue, Named } from '../project/project.ts';
import { topsailExtension } from './topsail-extension.ts';

/** A probe from outside that decides when a service is ready: `x-topsail: {ready: ...}`. Ports are those of the container. */
export type ReadyProbe =
  | { readonly kind: 'tcp'; readonly port: number }
  | {
      readonly kind: 'http';
      readonly port: number;
      readonly path: string;
      /** Undefined takes every status below 400. */
      readonly status: number | undefined;
    }
  /** Ready when a line of its output since its start matches. */
  | {
      readonly kind: 'log';
      readonly pattern: string;
      /** Of the pattern; `u` without any. */
      readonly flags?: string;
    };

/** Reads the probe of a service; the file was checked against the schema before. Undefined if it declares none. */
export function readyProbe(extensions: Named<JsonValue> | undefined): ReadyProbe | undefined {
  const ready = topsailExtension(extensions).get('ready');
  if (typeof ready !== 'object' || ready === null || Array.isArray(ready)) return undefined;
  const members = new Map(Object.entries(ready));
  const tcp = members.get('tcp');
  if (typeof tcp === 'number') return { kind: 'tcp', port: tcp };
  const pattern = members.get('log');
  if (typeof pattern === 'string') return { kind: 'log', pattern };
  const http = members.get('http');
  if (typeof http !== 'object' || http === null || Array.isArray(http)) return undefined;
  const { port, path, status } = http as Named<JsonValue>;
  if (typeof port !== 'number') return undefined;
  return {
    kind: 'http',
    port,
    path: typeof path === 'string' ? path : '/',
    status: typeof status === 'number' ? status : undefined,
  };
}

/** The probe in words: `port 6333 takes connections`. */
export function readyWords(probe: ReadyProbe): string {
  switch (probe.kind) {
    case 'tcp':
      return `port ${probe.port} takes connections`;
    case 'http':
      return `GET :${probe.port}${probe.path} answers ${probe.status ?? 'below 400'}`;
    case 'log':
      return `a line of its output matches /${probe.pattern}/${probe.flags ?? ''}`;
  }
}
