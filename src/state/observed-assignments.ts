/** What is in use on the engine and its machine of what planning assigns to a project: host ports and subnets. */
export interface ObservedAssignments {
  /** Of which projects the containers under the project's name are copies; undefined for those of a project itself. */
  readonly ownOrigins: ReadonlySet<string | undefined>;
  /** What the project's own containers were assigned, by service: what the file publishes and its first port. */
  readonly ownPorts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Host ports of everybody else. */
  readonly takenPorts: ReadonlySet<number>;
  /** Subnets of the project's own networks, by the name of the network. */
  readonly ownSubnets: ReadonlyMap<string, readonly string[]>;
  /** Subnets of other networks, and those that the machine has routes to. */
  readonly takenSubnets: readonly string[];
}
