import { useApi } from '@backstage/frontend-plugin-api';
import { type GitopsApi } from '@callboard/backstage-plugin-gitops-common';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode } from 'react';
import { gitopsApiRef } from '../gitopsApiRef';
import { createQueryClient } from './createQueryClient';

// The answers of one API; weak, so that they go when the app does.
const caches = new WeakMap<GitopsApi, QueryClient>();

/** Gives what is inside the cache of answers, which the tab and the card share. */
export function QueryCache({ children }: { children: ReactNode }) {
  const gitopsApi = useApi(gitopsApiRef);
  const client = caches.get(gitopsApi) ?? createQueryClient();
  caches.set(gitopsApi, client);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
