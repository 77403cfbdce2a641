/** What an address names. */
export type ResourceKind = 'network' | 'volume' | 'image' | 'service' | 'container' | 'model' | 'orphan';

/** The stable name of a resource inside a project's plan: `network:default`, `image:nginx:alpine`, `container:web:1`. */
export type Address = `${ResourceKind}:${string}`;

/** The address of a replica. */
export function containerAddress(service: string, number: number): Address {
  return `container:${service}:${number}`;
}
