/** A device of the host inside a container. Compose Specification, `devices`. */
export interface DeviceMapping {
  readonly source: string;
  readonly target: string;
  readonly permissions: string;
}

/** Reads `SOURCE[:TARGET[:PERMISSIONS]]` (spec-facts 17.6). Throws a RangeError when it has more parts. */
export function parseDeviceSpecification(specification: string): DeviceMapping {
  const parts = specification.split(':');
  const [source = '', target = source, permissions = 'rwm'] = parts;
  if (parts.length > 3) throw new RangeError(`confusing device mapping, please use long syntax: ${specification}`);
  return { source, target: target === '' ? source : target, permissions };
}
