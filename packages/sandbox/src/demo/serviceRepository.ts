import { type DemoService } from './DemoService';
import { type SeedRepository } from './SeedRepository';
import { type SeedImage, type Telling, Teller } from './Teller';

/** The service's repository and images after everything in its story. */
interface ToldService {
  readonly repository: SeedRepository;
  readonly images: readonly SeedImage[];
}

/** Turns a service's story into commits and images. */
export function tellService(
  service: DemoService,
  telling: Telling,
): ToldService {
  const teller = new Teller(service, telling);
  for (const step of service.story) {
    teller.tell(step);
  }
  return {
    repository: {
      name: service.name,
      description: service.description,
      commits: teller.commits,
    },
    images: teller.images,
  };
}
