import {
  ARGOCD_APP_NAME,
  ARGOCD_APP_SELECTOR,
  ENTITY_REF_ANNOTATION,
  type Fix,
} from '@callboard/backstage-plugin-gitops-common';
import { type Application } from '../applications/Application';

type Snippet = NonNullable<Fix['snippets']>[number];

/** On an Application: the entity that it deploys. */
export function namesEntity(entityRef: string): Snippet {
  return {
    place: 'Application in the platform repository',
    text: annotations({ [ENTITY_REF_ANNOTATION]: entityRef }),
  };
}

/** On an entity: where its source is, if that has a web address. */
export function namesSource({ sources }: Application): Snippet | undefined {
  const [address] = sources.flatMap(({ kind, repo, path, targetRevision }) => {
    const url =
      kind === 'git' && URL.canParse(repo) ? new URL(repo) : undefined;
    if (!url || !/^https?:$/.test(url.protocol)) {
      return [];
    }
    const repository = `${url.origin}${url.pathname.replace(
      /(\.git)?\/*$/,
      '',
    )}`;
    const branch = targetRevision === 'HEAD' ? 'main' : targetRevision;
    return [`${repository}/tree/${branch}/${path ? `${path}/` : ''}`];
  });
  return address
    ? {
        place: 'catalog-info.yaml of the component',
        text: annotations({ 'backstage.io/source-location': `url:${address}` }),
      }
    : undefined;
}

/** In the portal's configuration: whose the applications of a project are. */
export function ownsProject(project: string): Snippet {
  return {
    place: 'app-config.yaml of the portal',
    text: `gitops:\n  projectOwners:\n    ${project}: group:default/<owner>\n`,
  };
}

/** On an entity: the application that it has. */
export function selectsName(name: string): Snippet {
  return {
    place: 'catalog-info.yaml of the entity',
    text: annotations({ [ARGOCD_APP_NAME]: name }),
  };
}

/** On an entity: the applications that it has, by a label. */
export function selectsLabel(selector: string): Snippet {
  return {
    place: 'catalog-info.yaml of the entity',
    text: annotations({ [ARGOCD_APP_SELECTOR]: selector }),
  };
}

function annotations(values: Record<string, string>): string {
  const lines = Object.entries(values).map(
    ([key, value]) => `    ${key}: ${value}\n`,
  );
  return `metadata:\n  annotations:\n${lines.join('')}`;
}
