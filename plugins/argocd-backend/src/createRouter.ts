import {
  type BackstageCredentials,
  type HttpAuthService,
} from '@backstage/backend-plugin-api';
import { type Request, type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { type ApplicationReader } from './ApplicationReader';
import { createRefusals } from './createRefusals';
import { mapCommit, unknownCommit } from './mapCommit';
import { mapInstances } from './mapInstances';
import { pickApplication } from './pickApplication';
import { readQuery } from './readQuery';

interface RouterOptions {
  readonly httpAuth: HttpAuthService;
  readonly applications: ApplicationReader;
}

/**
 * Everything under `/api/argocd`: the routes of Roadie's backend. Names are
 * checked by the gitops backend, which they reach as parameters of a query.
 */
export function createRouter(options: RouterOptions): Router {
  const router = PromiseRouter();
  router.use(createSearchRoutes(options));
  router.use(createInstanceRoutes(options));
  router.use(createRefusals());
  return router;
}

/** On which instances there are applications. */
function createSearchRoutes({ httpAuth, applications }: RouterOptions): Router {
  const router = PromiseRouter();

  router.get('/find/name/:name', async (req, res) => {
    const { namespace, project, expand } = readQuery(req.query);
    const found = await applications.find(
      { name: req.params.name, namespace, project },
      await personOf(httpAuth, req),
    );
    res.json(mapInstances(found, { expand: expand === 'applications' }));
  });

  router.get('/find/selector/:selector', async (req, res) => {
    const { namespace, project } = readQuery(req.query);
    const found = await applications.find(
      { selector: req.params.selector, namespace, project },
      await personOf(httpAuth, req),
    );
    res.json(mapInstances(found, { expand: false }));
  });

  return router;
}

/** The applications of an instance. */
function createInstanceRoutes(options: RouterOptions): Router {
  const { httpAuth, applications } = options;
  const router = PromiseRouter();

  router.get('/allArgoApps/:instance', async (req, res) => {
    const person = await personOf(httpAuth, req);
    res.json({
      items: await applications.listAll(req.params.instance, person),
    });
  });

  router.get(
    '/argoInstance/:instance/repo/:repo/source/:path',
    async (req, res) => {
      const { instance, repo, path } = req.params;
      const found = await applications.listAll(
        instance,
        await personOf(httpAuth, req),
        { repo, path },
      );
      res.json(found.length > 0);
    },
  );

  router.get(
    '/argoInstance/:instance/applications/selector/:selector',
    async (req, res) => {
      const { namespace, project } = readQuery(req.query);
      const { instance, selector } = req.params;
      const items = await applications.findOn(
        instance,
        { selector, namespace, project },
        await personOf(httpAuth, req),
      );
      res.json({ items });
    },
  );

  router.use(createApplicationRoutes(options));
  return router;
}

/** One application of an instance. */
function createApplicationRoutes(options: RouterOptions): Router {
  const { httpAuth, applications } = options;
  const router = PromiseRouter();

  router.get(
    [
      '/argoInstance/:instance/applications/name/:name',
      '/argoInstance/:instance/applications/:name',
    ],
    async (req, res) => {
      const { namespace, project } = readQuery(req.query);
      const { instance = '', name = '' } = req.params;
      const found = await applications.findOn(
        instance,
        { name, namespace, project },
        await personOf(httpAuth, req),
      );
      res.json(pickApplication(found));
    },
  );

  router.get(
    '/argoInstance/:instance/applications/name/:name/revisions/:revision/metadata',
    async (req, res) => {
      const { namespace } = readQuery(req.query);
      const { instance, name, revision } = req.params;
      const person = await personOf(httpAuth, req);
      const commit = applications
        .revision({ instance, name, namespace, revision }, person)
        .then(mapCommit);
      res.json(await commit.catch(unknownCommit(revision)));
    },
  );

  return router;
}

/** A token of somebody else's plugin could lose its limits on the way. */
function personOf(
  httpAuth: HttpAuthService,
  req: Request,
): Promise<BackstageCredentials> {
  return httpAuth.credentials(req, { allow: ['user'] });
}
