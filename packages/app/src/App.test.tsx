import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { app } from './App';

const config = {
  app: { title: 'Callboard', baseUrl: 'http://localhost' },
  backend: { baseUrl: 'http://localhost' },
};

describe('App', () => {
  it('renders the portal, with its own brand', async () => {
    // What the CLI puts into a bundle. A real environment holds only strings.
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: [{ context: 'test', data: config }] as unknown as string,
    };

    // No backend signs the guest in; the app asks whether to go on without.
    jest.spyOn(window, 'confirm').mockReturnValue(true);

    render(app.createRoot());
    await userEvent.click(await screen.findByRole('button', { name: 'Enter' }));

    expect(
      await screen.findByRole('link', { name: 'Callboard, home' }),
    ).toHaveAttribute('href', '/');
    expect(
      await screen.findByRole('link', { name: 'Catalog' }),
    ).toBeInTheDocument();
  });
});
