import { z } from 'zod';
import { refOf } from '../../cluster/KubeObject';
import { type Application, isApplication, sourceOf } from '../Application';
import { type KnownClusters } from '../Clusters';
import { sendText } from './ApiServer';
import { type Controller } from './Engine';
import { type Route } from './Route';

const push = z.object({
  ref: z.string(),
  repository: z.object({
    html_url: z.string(),
    default_branch: z.string().optional(),
  }),
});

/** GitHub's push webhook: whoever follows that branch looks at Git now. */
export function webhookRoute(
  clusters: KnownClusters,
  controller: Controller,
): Route {
  return {
    method: 'POST',
    path: '/api/webhook',
    stream: (call, response) => {
      const event = call.headers['x-github-event'];
      const parsed = push.safeParse(call.body);
      if (event === 'ping') {
        response.writeHead(200).end();
        return;
      }
      if (event !== 'push' || !parsed.success) {
        sendText(response, 400, 'Unknown webhook event');
        return;
      }
      const { ref, repository } = parsed.data;
      const branch = ref.replace(/^refs\/(heads|tags)\//, '');
      const isDefault = branch === repository.default_branch;
      for (const application of clusters.control.list(isApplication)) {
        const { repoURL, targetRevision = 'HEAD' } = sourceOf(
          application as Application,
        );
        const follows =
          targetRevision === branch || (targetRevision === 'HEAD' && isDefault);
        if (follows && sameRepository(repoURL, repository.html_url)) {
          controller.refresh(refOf(application), 'normal');
        }
      }
      response.writeHead(200).end();
    },
  };
}

function sameRepository(a: string, b: string): boolean {
  const plain = (url: string) =>
    url
      .toLowerCase()
      .replace(/^\w+:\/\//, '')
      .replace(/(\.git)?\/?$/, '');
  return plain(a) === plain(b);
}
