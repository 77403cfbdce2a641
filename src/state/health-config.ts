import type { HealthConfig } from '../engine/container.ts';
import { parseDuration } from '../project/duration.ts';
import type { Healthcheck } from '../project/service.ts';
import { filled, withoutUndefined } from './without-undefined.ts';

/** `Config.Healthcheck` of a service (spec-facts section 28.3); undefined leaves the image's own check in place. */
export function healthConfig(healthcheck: Healthcheck | undefined): HealthConfig | undefined {
  if (healthcheck === undefined) return undefined;
  if (healthcheck.disable === true) return { Test: ['NONE'] };
  return withoutUndefined<HealthConfig>({
    Test: filled(healthcheck.test),
    Interval: nanoseconds(healthcheck.interval),
    Timeout: nanoseconds(healthcheck.timeout),
    StartPeriod: nanoseconds(healthcheck.start_period),
    StartInterval: nanoseconds(healthcheck.start_interval),
    Retries: healthcheck.retries,
  });
}

function nanoseconds(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDuration(text);
}
