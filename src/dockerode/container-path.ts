/** The path of a container by id or name. */
export function containerPath(id: string): string {
  return `/containers/${encodeURIComponent(id)}`;
}
