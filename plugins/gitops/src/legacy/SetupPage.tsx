import { Header, Page, TabbedLayout } from '@backstage/core-components';
import {
  SetupChecks,
  UnmatchedApplications,
} from '../components/DeliverySetup';

/** What the new frontend system makes of the page and its two tabs. */
export function SetupPage() {
  return (
    <Page themeId="tool">
      <Header title="Delivery setup" />
      <TabbedLayout>
        <TabbedLayout.Route path="/checks" title="Setup">
          <SetupChecks />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/unmatched" title="Unmatched applications">
          <UnmatchedApplications />
        </TabbedLayout.Route>
      </TabbedLayout>
    </Page>
  );
}
