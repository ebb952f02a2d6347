import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router-dom';
import {
  type DeploymentLink,
  parseDeploymentLink,
  withDeploymentLink,
} from '../presentation/deploymentLink';

/** What the page's address says about the details that are open, and how to change it. */
interface DeploymentLinkControl {
  readonly link: DeploymentLink;
  /** Opens details, as a step that the browser can go back from. */
  open(deployment: string): void;
  /** Shows something else in the details that are open; no step of its own. */
  show(changes: Partial<DeploymentLink>): void;
  close(): void;
}

/** Marks the steps that were made here, which closing takes back. */
const OPENED_HERE = 'gitopsOpenedHere';

/** Details are opened by the address, so that it can be shared. */
export function useDeploymentLink(): DeploymentLinkControl {
  const [query] = useSearchParams();
  const { state } = useLocation();
  const navigate = useNavigate();
  const link = useMemo(() => parseDeploymentLink(query), [query]);

  const open = useCallback(
    (deployment: string) =>
      navigate(
        {
          search: withDeploymentLink(query, { deployment, section: 'summary' }),
        },
        { state: { [OPENED_HERE]: true } },
      ),
    [navigate, query],
  );
  const show = useCallback(
    (changes: Partial<DeploymentLink>) =>
      navigate(
        { search: withDeploymentLink(query, { ...link, ...changes }) },
        { replace: true, state },
      ),
    [navigate, query, link, state],
  );
  const close = useCallback(
    () =>
      state?.[OPENED_HERE]
        ? navigate(-1)
        : navigate(
            { search: withDeploymentLink(query, undefined) },
            { replace: true },
          ),
    [navigate, query, state],
  );
  return { link, open, show, close };
}
