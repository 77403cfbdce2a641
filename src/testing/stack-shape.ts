/** What is known of a stack when it is compiled: its services, and the ports of each that a test may ask for. */
export interface StackShape {
  readonly services: { readonly [service: string]: number };
}

/** The names of the services of a shape. */
export type ServiceName<Shape extends StackShape> = keyof Shape['services'] & string;

/** The ports of a service that are written down; any number where none is. */
export type PortOf<Shape extends StackShape, Name extends ServiceName<Shape>> = Shape['services'][Name];

/** A compose file as an object, as far as types look into it. */
export interface ComposeObject {
  readonly name?: string;
  readonly services: {
    readonly [service: string]: {
      readonly ports?: readonly unknown[];
      readonly expose?: readonly unknown[];
      readonly [attribute: string]: unknown;
    };
  };
  readonly [section: string]: unknown;
}

/** The shape of a compose object that is written where it is used, or declared `as const`. */
export type ShapeOf<Compose extends ComposeObject> = {
  readonly services: {
    readonly [Name in keyof Compose['services'] & string]: DeclaredPort<Compose['services'][Name]>;
  };
};

type DeclaredPort<Service> = Members<Service, 'ports'> | Members<Service, 'expose'> extends infer Entry
  ? [Entry] extends [never]
    ? number
    : ContainerPort<Entry>
  : number;

type Members<Service, Key extends string> = Service extends { readonly [Name in Key]: readonly (infer Entry)[] }
  ? Entry
  : never;

/** The port inside the container of one entry of `ports` or `expose`: what stands last, before the protocol. */
type ContainerPort<Entry> = Entry extends number
  ? Entry
  : Entry extends { readonly target: infer Target }
    ? ContainerPort<Target>
    : Entry extends `${infer Head}/${string}`
      ? ContainerPort<Head>
      : Entry extends `${string}:${infer Rest}`
        ? ContainerPort<Rest>
        : Entry extends `${infer Port extends number}`
          ? Port
          : number;
