import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useState } from 'react';
import { type Liveness } from '../query/PulseListener';

/** Whether somebody tells of changes, as `useSignals` finds out. */
export function useLiveness() {
  const signals = useApiHolder().get(signalApiRef);
  return useState<Liveness>(signals ? 'connecting' : 'silent');
}
