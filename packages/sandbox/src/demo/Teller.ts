import { createHash } from 'node:crypto';
import {
  type Change,
  type DemoService,
  type HandEdit,
  type Promotion,
  type StoryStep,
} from './DemoService';
import { type SeedCommit, instant } from './SeedRepository';
import {
  type OverlayImage,
  deployFolder,
  IMAGES,
  overlay,
  overlayPath,
  UNBUILT,
} from './deployFolder';
import { ENVIRONMENTS, FIRST_ENVIRONMENT } from './environments';
import { ROBOT_ACCOUNT } from './organisation';
import { serviceFiles } from './serviceFiles';

/** An image that the registry has from the beginning. */
export interface SeedImage {
  readonly name: string;
  readonly tag: string;
  /** What the registry answers to a push of name and tag. */
  readonly digest: string;
}

/** What a story needs to know of the world around it. */
export interface Telling {
  readonly gitUrl: string;
  /** The day that `daysAgo` counts from. */
  readonly today: Date;
}

const BUILD_MINUTES = 4;

/** Turns the steps of a service's story into commits and images. */
export class Teller {
  readonly commits: SeedCommit[] = [];
  readonly images: SeedImage[] = [];
  readonly #deployed = new Map<string, OverlayImage>();
  readonly #service: DemoService;
  readonly #telling: Telling;

  constructor(service: DemoService, telling: Telling) {
    this.#service = service;
    this.#telling = telling;
  }

  tell(step: StoryStep): void {
    switch (step.kind) {
      case 'change':
        return this.#change(step);
      case 'promotion':
        return this.#promote(step);
      case 'hand-edit':
        return this.#edit(step);
      default:
        return undefined;
    }
  }

  #change(step: Change): void {
    const { name, hasEnv } = this.#service;
    const first = this.commits.length === 0;
    this.commits.push({
      message: step.message,
      author: step.by,
      at: instant(this.#telling.today, step),
      files: {
        ...(first && serviceFiles(this.#service, this.#telling.gitUrl)),
        ...(first && deployFolder(name, hasEnv)),
        ...step.files,
      },
    });
    if (step.unbuilt) {
      return;
    }
    const image = this.#build(`${IMAGES}/${name}`);
    this.#deploy(FIRST_ENVIRONMENT.name, image, {
      message: `ci: release ${image.tag} to ${FIRST_ENVIRONMENT.name}`,
      author: ROBOT_ACCOUNT,
      at: instant(this.#telling.today, step, BUILD_MINUTES),
    });
  }

  #promote(step: Promotion): void {
    const at = ENVIRONMENTS.findIndex(({ name }) => name === step.to);
    const from = ENVIRONMENTS[at - 1]?.name ?? FIRST_ENVIRONMENT.name;
    const image = this.#deployed.get(from) ?? UNBUILT;
    this.#deploy(step.to, image, {
      message: `Promote ${this.#service.name} ${image.tag} to ${step.to}`,
      author: step.by,
      at: instant(this.#telling.today, step),
    });
  }

  #edit(step: HandEdit): void {
    this.#deploy(
      step.environment,
      { tag: step.tag },
      {
        message: step.message,
        author: step.by,
        at: instant(this.#telling.today, step),
      },
    );
  }

  #deploy(
    environment: string,
    image: OverlayImage,
    commit: Omit<SeedCommit, 'files'>,
  ): void {
    this.#deployed.set(environment, image);
    const { name, hasEnv } = this.#service;
    const text = overlay(name, environment, { ...image, hasEnv });
    this.commits.push({
      ...commit,
      files: { [overlayPath(environment)]: text },
    });
  }

  #build(name: string): SeedImage {
    const tag = `1.0.${this.images.length + 1}`;
    const hash = createHash('sha256').update(`${name}:${tag}`);
    const image = { name, tag, digest: `sha256:${hash.digest('hex')}` };
    this.images.push(image);
    return image;
  }
}
