import { compatWrapper } from '@backstage/core-compat-api';
import { type ComponentType } from 'react';
import { QueryCache } from '../query/QueryCache';

/** What the new frontend system puts around a component, for an app without it. */
export function inOldApp<Props extends object>(
  Component: ComponentType<Props>,
) {
  return function InOldApp(props: Props): JSX.Element {
    return compatWrapper(
      <QueryCache>
        <Component {...props} />
      </QueryCache>,
    );
  };
}
