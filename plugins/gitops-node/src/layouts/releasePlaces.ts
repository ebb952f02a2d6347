import { fill } from './placeholders';
import {
  placeholderValues,
  type RegistrationRequest,
} from './registrationRequest';

/**
 * Where a release is kept.
 *
 * @public
 */
export interface ReleasePlace {
  /** Web address of the repository. */
  readonly repository: string;
  /** The kustomization whose `images` hold it. */
  readonly path: string;
  /** The image's name in the manifests. */
  readonly image: string;
}

/**
 * Where a service's release for an environment is kept: usually one place,
 * several where the layout has one for each cluster.
 *
 * @throws InputError where the names are too long or not allowed.
 *
 * @public
 */
export function releasePlaces(request: RegistrationRequest): ReleasePlace[] {
  const { environment } = request;
  const { release } = environment.layout;
  const places = environment.clusters.map(cluster => {
    const values = placeholderValues(request, cluster);
    return {
      repository:
        release.repository === 'service'
          ? values.repositoryUrl ?? request.repository
          : environment.platformRepo,
      path: fill(release.path, values),
      image: fill(release.image, values),
    };
  });
  return places.filter(
    (place, index) =>
      places.findIndex(
        other => other.path === place.path && other.image === place.image,
      ) === index,
  );
}
