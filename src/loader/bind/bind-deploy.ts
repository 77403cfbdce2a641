import type { JsonValue } from '../../project/project.ts';
import type { Deploy, ResourceAmounts } from '../../project/service.ts';
import { readDeviceRequest } from './bind-container-parts.ts';
import { readAssignments, readTexts } from './list-readers.ts';
import { type MemberReaders, type Reader, readList, readObject } from './reader.ts';
import {
  readAnyCount,
  readAnyDuration,
  readAnyInteger,
  readCount,
  readDuration,
  readFraction,
  readInteger,
  readSize,
  readText,
} from './scalar-readers.ts';

/** How a rolling update or rollback goes. */
interface RolloutRule {
  readonly [member: string]: JsonValue;
}

const readRollout: Reader<JsonValue> = readObject<RolloutRule>({
  parallelism: readAnyCount,
  delay: readDuration,
  failure_action: readText,
  monitor: readDuration,
  max_failure_ratio: readFraction,
  order: readText,
});

const readGenericResource: Reader<JsonValue> = readObject<{ readonly [member: string]: JsonValue }>({
  discrete_resource_spec: readObject<{ readonly [member: string]: JsonValue }>({
    kind: readText,
    value: readAnyInteger,
  }),
});

const amounts: MemberReaders<ResourceAmounts> = {
  cpus: readFraction,
  memory: readSize,
  pids: readInteger,
  devices: readList(readDeviceRequest),
  generic_resources: readList(readGenericResource),
};

const readPlacement: Reader<JsonValue> = readObject<{ readonly [member: string]: JsonValue }>({
  constraints: readTexts,
  preferences: readList(readObject<{ readonly [member: string]: JsonValue }>({ spread: readText })),
  max_replicas_per_node: readCount,
});

/** The `deploy` section. */
export const readDeploy: Reader<Deploy> = readObject<Deploy>(
  {
    mode: readText,
    replicas: readAnyInteger,
    labels: readAssignments,
    update_config: readRollout,
    rollback_config: readRollout,
    resources: readObject<Deploy['resources']>({
      limits: readObject<ResourceAmounts>(amounts),
      reservations: readObject<ResourceAmounts>(amounts),
    }),
    restart_policy: readObject<NonNullable<Deploy['restart_policy']>>({
      condition: readText,
      delay: readAnyDuration,
      max_attempts: readAnyCount,
      window: readAnyDuration,
    }),
    placement: readPlacement,
    endpoint_mode: readText,
  },
  { resources: {}, placement: {} },
);
