import { type DemoService } from './DemoService';
import { type SeedRepository } from './SeedRepository';
import { type SeedImage } from './Teller';
import { catalogRepository } from './catalogRepository';
import { platformRepository } from './platformRepository';
import { tellService } from './serviceRepository';

/** Everything that is there when the sandbox starts for the first time. */
interface DemoWorld {
  readonly platform: SeedRepository;
  readonly catalog: SeedRepository;
  readonly services: readonly SeedRepository[];
  readonly images: readonly SeedImage[];
}

/**
 * The demo organisation's repositories and images. The same input gives the
 * same world, down to the commit ids.
 *
 * @param gitUrl - address of the Git hosting, as Argo CD and the portal know it
 * @param now - the demo's history leads up to the beginning of this day (UTC)
 */
export function demoWorld(
  services: readonly DemoService[],
  gitUrl: string,
  now: Date,
): DemoWorld {
  const told = services.map(service =>
    tellService(service, { gitUrl, today: now }),
  );
  return {
    platform: platformRepository(services, gitUrl, now),
    catalog: catalogRepository(services, gitUrl, now),
    services: told.map(({ repository }) => repository),
    images: told.flatMap(({ images }) => images),
  };
}
