import type { HealthConfig } from '../engine/container.ts';

/** A container's health check with the engine's defaults filled in. Times in milliseconds. */
export interface HealthCheck {
  /** A command as it is, or a text for the image's shell. */
  readonly command:
    | { readonly kind: 'command'; readonly words: readonly string[] }
    | { readonly kind: 'shell'; readonly text: string };
  readonly interval: number;
  readonly timeout: number;
  /** Failures within this time after the start do not count. */
  readonly startPeriod: number;
  /** So many failures in a row make it unhealthy. */
  readonly retries: number;
}

const nanosecondsPerMillisecond = 1_000_000;
const defaultTime = 30_000;
const defaultRetries = 3;

/** Reads `Config.Healthcheck`; undefined if the container has no check or a disabled one. */
export function readHealthCheck(config: HealthConfig | null | undefined): HealthCheck | undefined {
  const [kind, ...words] = config?.Test ?? [];
  const command = commandOf(kind, words);
  if (command === undefined) return undefined;
  return {
    command,
    interval: milliseconds(config?.Interval) ?? defaultTime,
    timeout: milliseconds(config?.Timeout) ?? defaultTime,
    startPeriod: milliseconds(config?.StartPeriod) ?? 0,
    retries: config?.Retries === undefined || config.Retries === 0 ? defaultRetries : config.Retries,
  };
}

function commandOf(kind: string | undefined, words: readonly string[]): HealthCheck['command'] | undefined {
  if (kind === 'CMD') return { kind: 'command', words };
  return kind === 'CMD-SHELL' ? { kind: 'shell', text: words[0] ?? '' } : undefined;
}

function milliseconds(nanoseconds: number | undefined): number | undefined {
  return nanoseconds === undefined || nanoseconds === 0 ? undefined : nanoseconds / nanosecondsPerMillisecond;
}
