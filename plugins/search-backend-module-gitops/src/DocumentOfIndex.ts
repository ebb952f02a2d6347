import { type IndexableDocument } from '@backstage/plugin-search-common';
import { type DeploymentDocument } from '@callboard/backstage-plugin-gitops-common';

/** A deployment's document, with what the search keeps to itself. */
export type DocumentOfIndex = DeploymentDocument &
  Required<Pick<IndexableDocument, 'authorization'>>;
