import '@backstage/cli/asset-types';
import '@backstage/ui/css/styles.css';
import { NotFoundError } from '@backstage/errors';
import { createRoot } from 'react-dom/client';
import { app } from './App';

const container = document.getElementById('root');
if (!container) {
  throw new NotFoundError('The page has no element #root to put the app into');
}
createRoot(container).render(app.createRoot());
