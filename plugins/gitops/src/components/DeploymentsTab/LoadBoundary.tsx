import { Alert, Button } from '@backstage/ui';
import { Component, type ReactNode } from 'react';

/**
 * Catches what could not be loaded, so that the page around it stays. It
 * happens after an upgrade of the portal, when the page is older than its parts.
 */
export class LoadBoundary extends Component<
  { what: string; children: ReactNode },
  { hasFailed: boolean }
> {
  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override state = { hasFailed: false };

  override render() {
    return this.state.hasFailed ? (
      <Alert
        role="alert"
        status="danger"
        icon
        title={`${this.props.what} could not be shown`}
        description="The portal may have been upgraded since this page was opened. Reload it; if it lasts, tell the people who run the portal."
        customActions={
          <Button
            size="small"
            variant="secondary"
            onPress={() => window.location.reload()}
          >
            Reload
          </Button>
        }
      />
    ) : (
      this.props.children
    );
  }
}
