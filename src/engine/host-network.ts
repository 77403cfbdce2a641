/** The network of the machine that the engine runs on, where that is this machine. */
export interface HostNetwork {
  /** Whether nothing listens on a TCP port. */
  isPortFree(port: number): Promise<boolean>;
  /** Blocks of addresses that the machine reaches in another way than by its default route, as `10.0.0.0/8`. */
  routes(): Promise<readonly string[]>;
}
