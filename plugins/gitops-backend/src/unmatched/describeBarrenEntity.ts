import {
  ARGOCD_APP_NAME,
  ARGOCD_APP_SELECTOR,
  ARGOCD_INSTANCE_NAME,
  type Fix,
  type Unmatched,
} from '@callboard/backstage-plugin-gitops-common';
import { type CatalogEntry } from './CatalogEntry';
import { type FindingSurroundings } from './FindingSurroundings';
import { selectsLabel, selectsName } from './snippets';

/** Longer ones help nobody. */
const MOST_NAMES = 5;

/** Why annotations of an entity select nothing, and what to do. */
export function describeBarrenEntity(
  entry: CatalogEntry,
  surroundings: FindingSurroundings,
): Pick<Unmatched, 'message' | 'fix'> {
  const { cause, fix } = findCause(entry, surroundings);
  return {
    message: `Annotations of ${entry.entityRef} (${told(
      entry,
    )}) select no application. ${cause}`,
    fix,
  };
}

function findCause(
  { selection }: CatalogEntry,
  { instances, lookUp }: FindingSurroundings,
): { cause: string; fix: Fix } {
  if (selection.annotated === 'none') {
    return {
      cause: `${ARGOCD_APP_SELECTOR} is no label selector.`,
      fix: {
        text: 'Write it as Kubernetes does: pairs of a label and its value, separated by commas.',
        snippets: [selectsLabel('app.kubernetes.io/name=<name>')],
      },
    };
  }
  const unknown = selection.instances?.filter(
    name => !instances.includes(name),
  );
  if (unknown?.length) {
    return {
      cause: `There is no Argo CD instance ${unknown.join(
        ' and no ',
      )}; the portal knows ${instances.join(', ')}.`,
      fix: {
        text: `Name one of those in ${ARGOCD_INSTANCE_NAME}, or leave the annotation out: then all of them are looked at.`,
      },
    };
  }
  const name = selection.annotated?.name;
  return name === undefined ? noneFits() : findByName(name, lookUp(name));
}

function findByName(
  name: string,
  found: ReturnType<FindingSurroundings['lookUp']>,
): { cause: string; fix: Fix } {
  const [same] = found.same;
  if (same) {
    return {
      cause: `There is an Application ${name} on ${same.instance} in the namespace ${same.namespace}, but not with all that the other annotations ask for.`,
      fix: {
        text: `Keep ${ARGOCD_APP_NAME} and remove or correct the other annotations that begin with argocd/.`,
        snippets: [selectsName(name)],
      },
    };
  }
  if (found.longer.length > 0) {
    return {
      cause: `There is no Application ${name}, but there are ${found.longer
        .slice(0, MOST_NAMES)
        .join(', ')}.`,
      fix: {
        text: `${ARGOCD_APP_NAME} has to be the whole name of one Application. Where a service has several, select them by a label that they share, or remove the annotation: components have the applications whose source is their own repository anyway.`,
        snippets: [selectsLabel(`app.kubernetes.io/name=${name}`)],
      },
    };
  }
  return noneFits();
}

function noneFits(): { cause: string; fix: Fix } {
  return {
    cause:
      'No Application of the instances that the portal watches is like that.',
    fix: {
      text: 'Correct the annotations, or remove them: components have the applications that name them, and those whose source is their own repository, without any. If the application is yet to come, there is nothing to do.',
    },
  };
}

function told({ annotations }: CatalogEntry): string {
  return Object.entries(annotations)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ');
}
