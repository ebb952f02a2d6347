import {
  type Fix,
  type Unmatched,
} from '@callboard/backstage-plugin-gitops-common';
import { type RootResource } from '../applications/RootInventory';
import { KUBERNETES_ID } from '../applications/RootObject';
import { parseRepositoryAddress } from '../applications/repositoryAddress';
import { notesOrigins } from '../deployments/describeGuess';
import { type StrayFinding } from './deriveFindings';

/** `Deployment cart-dev/cart` */
export function workloadName({ kind, namespace, name }: RootResource): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

/** Why no entity has a workload of a root, and what to do. */
export function describeStrayWorkload(
  finding: StrayFinding,
): Pick<Unmatched, 'message' | 'fix'> {
  const { application, workload } = finding;
  const { origin } = workload;
  const repository = origin?.isRemote
    ? parseRepositoryAddress(origin.repo)?.path
    : undefined;
  return {
    message: `${application.name} deploys ${workloadName(
      workload,
    )}, which no entity of the catalog has: ${
      repository
        ? `it comes from ${repository}, where no component has its source`
        : 'nothing about it names one'
    }. So nobody sees it as theirs in the portal.`,
    fix: repository ? ofRepository(repository) : ofLabels(finding),
  };
}

function ofRepository(repository: string): Fix {
  return {
    text: `Add the component of ${repository} to the catalog; or, where it has one that is described elsewhere, tell it where its source is. What is no service of the catalog can stay as it is.`,
  };
}

function ofLabels({ application, content, suggestion }: StrayFinding): Fix {
  const name = suggestion?.split('/').at(-1) ?? '<name of the entity>';
  const origins = content.inventory.hasOrigins
    ? undefined
    : notesOrigins(application);
  return {
    text: `Label it with its entity.${
      suggestion
        ? ` ${suggestion} has the name that its labels, or its own, tell.`
        : ''
    }${
      origins
        ? ' Or, where it comes from the repository of its entity, let kustomize note that down.'
        : ''
    } What is no service of the catalog can stay as it is.`,
    snippets: [
      {
        place: 'manifests of the workload',
        text: `metadata:\n  labels:\n    ${KUBERNETES_ID}: ${name}\n`,
      },
      ...(origins?.snippets ?? []),
    ],
  };
}
