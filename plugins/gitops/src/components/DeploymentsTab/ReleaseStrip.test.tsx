import { screen, waitFor, within } from '@testing-library/react';
import {
  deployment,
  environments,
  healthyWorld,
  registration,
  release,
} from '../../testing/deployments';
import { findRow, renderTab } from '../__testUtils__/renderTab';

describe('ReleaseStrip', () => {
  const pullRequest = {
    number: 7,
    url: 'https://github.test/acme/cart/pull/7',
    title: 'ci: release 1.0.8 to dev',
    waitsFor: '1 approving review',
    mergeable: true,
  };
  const waiting = (changes: object = {}) => [
    registration('dev', {
      release: {
        version: '1.0.8',
        pullRequest: { ...pullRequest, ...changes },
      },
    }),
    registration('staging'),
    registration('production'),
  ];

  it('says which, where, and what for', async () => {
    renderTab(healthyWorld({ registrations: waiting() }));

    const strip = await findRow(/1\.0\.8 waits to be merged/);
    expect(strip).toHaveTextContent(
      /#7 ci: release 1\.0\.8 to dev.* waits for 1 approving review\. After the merge Argo CD deploys it\./,
    );
    expect(
      within(strip).getByRole('link', {
        name: /^Pull request #7: ci: release 1\.0\.8 to dev/,
      }),
    ).toHaveAttribute('href', pullRequest.url);
    expect(
      screen.getByRole('rowheader', { name: /^dev.*changes by/ }),
    ).toHaveAttribute('rowspan', '2');
    expect(await findRow(/^dev.*1\.0\.7/)).toBeVisible();
  });

  it('says that it conflicts, and who makes it anew', async () => {
    renderTab(
      healthyWorld({
        registrations: waiting({
          mergeable: false,
          waitsFor: 'its conflicts with main to be resolved',
        }),
      }),
    );

    const strip = await findRow(/1\.0\.8 waits to be merged/);
    expect(strip).toHaveTextContent(
      /waits for its conflicts with main to be resolved\. CI makes it anew with the next version\./,
    );
    expect(strip).not.toHaveTextContent(/the portal redoes it|After/);
  });

  it('shows one whose version is not known', async () => {
    renderTab(
      healthyWorld({
        registrations: [
          registration('dev', {
            release: {
              pullRequest: {
                number: 8,
                url: 'https://github.test/acme/cart/pull/8',
                title: 'Please <b>merge</b>',
              },
            },
          }),
        ],
      }),
    );

    expect(await findRow(/A release waits to be merged/)).toHaveTextContent(
      /#8 Please <b>merge<\/b>.* waits for somebody to merge it\./,
    );
  });

  it('no longer speaks of a first build to come', async () => {
    renderTab(
      healthyWorld({
        deployments: [
          deployment('dev', {
            desired: release('unbuilt'),
            live: release('unbuilt'),
          }),
        ],
        registrations: waiting(),
      }),
    );

    expect(await findRow(/1\.0\.8 waits to be merged/)).toBeVisible();
    expect(
      screen.queryByText(/CI builds the first image/),
    ).not.toBeInTheDocument();
  });

  it('comes beside what is said of the registration', async () => {
    const [dev] = waiting();
    renderTab(
      healthyWorld({
        registrations: dev ? [{ ...dev, state: 'removing' }] : [],
      }),
    );

    expect(await findRow(/Being removed/)).toBeVisible();
    expect(await findRow(/1\.0\.8 waits to be merged/)).toBeVisible();
  });

  it('goes with a signal once it is merged', async () => {
    const world = healthyWorld({ registrations: waiting() });
    const { signal } = renderTab(world);
    await findRow(/1\.0\.8 waits to be merged/);

    world.registrations = environments.map(({ name }) => registration(name));
    await signal();

    await waitFor(() =>
      expect(screen.queryByText(/waits to be merged/)).not.toBeInTheDocument(),
    );
  });
});
