import { type Fix } from '@callboard/backstage-plugin-gitops-common';
import { type Application } from '../applications/Application';
import { type RootResource } from '../applications/RootInventory';
import { NAME_LABEL } from '../applications/RootObject';
import { parseRepositoryAddress } from '../applications/repositoryAddress';
import { type Attribution, type Identity } from './deriveAttribution';

/** Why a part of a root may be less or more than what is the service's. */
export interface Guess {
  readonly why: string;
  readonly fix: Fix;
}

const CERTAIN = 'To make it certain,';

/** The words, where it was guessed which objects of the root are a service's. */
export function describeGuess(
  root: Pick<Application, 'name' | 'sources'>,
  { service, source }: Identity,
  { resources, guessedBy }: Attribution,
): Guess | undefined {
  switch (guessedBy) {
    case undefined:
      return undefined;
    case 'label':
      return describeLabelled(root, resources, source);
    case 'name':
      return {
        why: `${root.name} deploys several services. Which of its objects are this service's was guessed from their names, so some may be missing here, or too many.`,
        fix: resources.some(({ origin }) => origin)
          ? {
              text: `${CERTAIN} label them with ${NAME_LABEL}.`,
              snippets: [
                {
                  place: 'manifests of the service',
                  text: `metadata:\n  labels:\n    ${NAME_LABEL}: ${service.name}\n`,
                },
              ],
            }
          : notesOrigins(root),
      };
    default:
      return guessedBy satisfies never;
  }
}

/** What makes kustomize note down where each object of a root comes from. */
export function notesOrigins({ sources }: Pick<Application, 'sources'>): Fix {
  const [source] = sources;
  const repository = source && parseRepositoryAddress(source.repo)?.path;
  const file = [source?.path, 'kustomization.yaml'].filter(Boolean).join('/');
  const line = 'buildMetadata: [originAnnotations]';
  return {
    text: `${CERTAIN} whoever looks after the platform repository adds this line to ${file}${
      repository ? ` of ${repository}` : ''
    }: ${line}`,
    snippets: [{ place: file, text: `${line}\n` }],
  };
}

function describeLabelled(
  { name }: Pick<Application, 'name'>,
  resources: readonly RootResource[],
  source: Identity['source'],
): Guess {
  const repositories = new Set(
    resources.flatMap(({ origin }) => {
      const address = origin?.isRemote && parseRepositoryAddress(origin.repo);
      return address && address.path !== source?.repository.path
        ? address.path
        : [];
    }),
  );
  const from = [...repositories].sort().join(' and ');
  return {
    why: `${name} deploys several services. Some of its objects are labelled with this service's name, but come from ${from}, which is not where the entity's source is.`,
    fix: {
      text: `${CERTAIN} say in backstage.io/source-location of the entity where the manifests are, if they are its own.`,
    },
  };
}
