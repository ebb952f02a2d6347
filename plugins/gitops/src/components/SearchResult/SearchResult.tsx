import {
  useSearch,
  useSearchContextCheck,
} from '@backstage/plugin-search-react';
import { type DeploymentDocument } from '@callboard/backstage-plugin-gitops-common';
import { DEPLOYMENT_DOCUMENT } from '@callboard/backstage-plugin-gitops-common';
import { type ReactElement } from 'react';
import {
  gatherService,
  type EntityDocument,
} from '../../presentation/searchResults';
import { FoundService } from './FoundService';
import styles from './SearchResult.module.css';

interface Props {
  readonly result?: DeploymentDocument | EntityDocument;
  readonly icon?: ReactElement;
}

/** A service that the search found, by itself or by what of it runs where. */
export function SearchResult({ result, icon }: Props) {
  const isInSearch = useSearchContextCheck();
  if (!result) {
    return null;
  }
  return isInSearch ? (
    <AmongOthers result={result} icon={icon} />
  ) : (
    <Alone result={result} icon={icon} />
  );
}

function AmongOthers({
  result,
  icon,
}: Required<Pick<Props, 'result'>> & Props) {
  const { result: answer } = useSearch();
  const service = gatherService(asResult(result), answer.value?.results ?? []);
  return service ? (
    <FoundService service={service} icon={icon} />
  ) : (
    // Its service is on the page already.
    <span className={styles.again} hidden />
  );
}

function Alone({ result, icon }: Required<Pick<Props, 'result'>> & Props) {
  const service = gatherService(asResult(result), []);
  return service ? <FoundService service={service} icon={icon} /> : null;
}

function asResult(document: DeploymentDocument | EntityDocument) {
  return 'deployment' in document
    ? { type: DEPLOYMENT_DOCUMENT, document }
    : { type: 'software-catalog', document };
}
