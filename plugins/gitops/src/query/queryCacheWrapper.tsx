import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { createQueryClient } from './createQueryClient';

function QueryCache(props: { children: ReactNode; value: QueryClient }) {
  return (
    <QueryClientProvider client={props.value}>
      {props.children}
    </QueryClientProvider>
  );
}

/** Shares one query client between all of the plugin's extensions. */
export const wrapper = {
  useWrapperValue: () => useState(createQueryClient)[0],
  component: QueryCache,
};
