import type { Config, Ipam, IpamPool, JsonValue, Network, Secret, Volume } from '../../project/project.ts';
import { readAssignments, readTexts } from './list-readers.ts';
import { type Reader, readList, readObject } from './reader.ts';
import { readAnyFlag, readAnyText, readFlag, readInteger, readText } from './scalar-readers.ts';

/** A network. Without normalisation its name may be empty. */
export const readNetwork: Reader<Network> = readObject<Network>(
  {
    name: readText,
    driver: readText,
    driver_opts: readAssignments,
    ipam: readObject<Ipam>({
      driver: readText,
      config: readList(
        readObject<IpamPool>({
          subnet: readText,
          gateway: readText,
          ip_range: readText,
          aux_addresses: readAssignments,
        }),
      ),
    }),
    external: readFlag,
    internal: readFlag,
    attachable: readFlag,
    labels: readAssignments,
    enable_ipv4: readAnyFlag,
    enable_ipv6: readAnyFlag,
  },
  { name: '', ipam: {} },
);

/** A volume. */
export const readVolume: Reader<Volume> = readObject<Volume>(
  { name: readText, driver: readText, driver_opts: readAssignments, external: readFlag, labels: readAssignments },
  { name: '' },
);

/** A secret. */
export const readSecret: Reader<Secret> = readObject<Secret>(
  {
    name: readText,
    file: readText,
    environment: readText,
    external: readFlag,
    labels: readAssignments,
    driver: readText,
    driver_opts: readAssignments,
    template_driver: readText,
  },
  { name: '' },
);

/** A config. */
export const readConfig: Reader<Config> = readObject<Config>(
  {
    name: readText,
    file: readText,
    environment: readText,
    content: readText,
    external: readFlag,
    labels: readAssignments,
    template_driver: readText,
  },
  { name: '' },
);

/** A model. */
export const readModel: Reader<JsonValue> = readObject<{ readonly [member: string]: JsonValue }>({
  name: readText,
  model: readAnyText,
  context_size: readInteger,
  runtime_flags: readTexts,
});
