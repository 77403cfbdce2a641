import type { Project } from '../project/project.ts';
import type { Service } from '../project/service.ts';

/** What a service wants of images, for commands that move images and create no containers. */
export interface ImageRequest {
  readonly service: string;
  /** The image it names; undefined if it has none of that name, because it is built or provided. */
  readonly image: string | undefined;
  /** Further names its build gives the image. */
  readonly tags: readonly string[];
  /** Whether the image can be built here. */
  readonly buildable: boolean;
  readonly platform: string | undefined;
  /** `pull_policy`; undefined if the file says nothing. */
  readonly policy: string | undefined;
  readonly dependencies: readonly string[];
}

/** The images of the enabled services, in file order. `defaultPlatform` is for services without a platform. */
export function imageRequests(project: Project, defaultPlatform: string | undefined): readonly ImageRequest[] {
  return Object.entries(project.services).map(([service, definition]) => ({
    service,
    image: imageOf(definition),
    tags: tagsOf(definition),
    buildable: definition.build !== undefined,
    platform: definition.platform ?? defaultPlatform,
    policy: definition.pull_policy,
    dependencies: Object.keys(definition.depends_on ?? {}),
  }));
}

function tagsOf({ build }: Service): readonly string[] {
  const tags: unknown = build?.tags;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}

function imageOf({ image, provider }: Service): string | undefined {
  return image === '' || provider !== undefined ? undefined : image;
}
