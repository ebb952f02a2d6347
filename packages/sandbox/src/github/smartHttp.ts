import { spawn } from 'node:child_process';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Readable } from 'node:stream';
import { gitEnvironment } from '../git/runGit';
import { type HostedRepository, fullNameOf } from './Repositories';
import { type Site } from './Site';
import { authenticate } from './http/authenticate';
import { readBody } from './http/readBody';

const RECEIVE = 'git-receive-pack';
const MAX_PUSH_BYTES = 200 << 20;
const BRANCHES = 'refs/heads/';

const GIT_PATH =
  /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

interface GitRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

/** Whether a request is one of Git's own. */
export function isGitRequest(url: URL): boolean {
  return GIT_PATH.test(url.pathname);
}

/** Git over HTTP: everybody reads, accounts with write access push. */
export async function serveGit(site: Site, call: GitRequest): Promise<void> {
  const { request, response, url } = call;
  const { owner, name, service } = partsOf(url);
  const repository = site.repositories.find(owner, name);
  const actor = authenticate(site.accounts, request.headers.authorization);
  const asked = url.searchParams.get('service');
  const pushing = service === RECEIVE || asked === RECEIVE;
  if (actor === 'bad-credentials' || (pushing && !actor)) {
    response.setHeader('www-authenticate', 'Basic realm="GitHub"');
    return refuse(response, 401, 'Authentication required');
  }
  if (!repository) return refuse(response, 404, 'Repository not found.');
  const { login } = actor ?? { login: '' };
  const denied = pushing && pushRefusal(site, repository, login);
  if (denied) return refuse(response, 403, denied);
  const backend = { site, repository, service, login, ...call };
  return service === RECEIVE ? receive(backend) : read(backend);
}

function partsOf(url: URL) {
  const match = GIT_PATH.exec(decodeURI(url.pathname));
  const [, owner = '', name = '', service = ''] = match ?? [];
  return { owner, name, service };
}

function pushRefusal(
  site: Site,
  { record }: HostedRepository,
  login: string,
): string | undefined {
  if (record.archived) {
    return 'ERROR: This repository was archived so it is read-only.';
  }
  return site.accounts.mayWrite(record, login)
    ? undefined
    : `Permission to ${fullNameOf(record)}.git denied to ${login}.`;
}

interface Backend extends GitRequest {
  readonly site: Site;
  readonly repository: HostedRepository;
  readonly service: string;
  readonly login: string;
}

async function read(backend: Backend): Promise<void> {
  await run(backend, backend.request);
  backend.response.end();
}

/** Takes a push: nobody else moves refs meanwhile, and what has moved is told. */
async function receive(backend: Backend): Promise<void> {
  const { site, repository, login, request, response } = backend;
  // Before the lock: a slow client must not keep others waiting.
  const body = await readBody(request, MAX_PUSH_BYTES);
  await repository.git.lock.run(async () => {
    const before = await refsOf(repository);
    await run(backend, body);
    const after = await refsOf(repository);
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const from = before.get(name);
      const to = after.get(name);
      if (from !== to) {
        await site.refs.moved({ repository, name, from, to, by: login });
      }
    }
  });
  // Only now: whoever pushed finds that everybody has been told.
  response.end();
}

async function refsOf({ git }: HostedRepository): Promise<Map<string, string>> {
  const refs = [
    ...(await git.refs.list(BRANCHES)),
    ...(await git.refs.list('refs/tags/')),
  ];
  return new Map(refs.map(({ name, sha }) => [name, sha]));
}

function run(backend: Backend, input: Readable | Buffer): Promise<void> {
  const { response } = backend;
  return new Promise(resolve => {
    const git = spawn('git', ['http-backend'], { env: cgiOf(backend) });
    git.stderr.resume();
    git.stdin.on('error', () => undefined);
    git.on('error', () => refuse(response, 500, 'Git cannot run'));
    git.on('close', () => {
      if (!response.headersSent) refuse(response, 500, 'Git gave no answer');
      resolve();
    });
    response.on('close', () => {
      if (!response.writableFinished && !Buffer.isBuffer(input)) git.kill();
    });
    if (Buffer.isBuffer(input)) git.stdin.end(input);
    else input.pipe(git.stdin);
    passOn(git.stdout, response);
  });
}

/** A CGI program writes its headers first, then an empty line, then the body. */
function passOn(output: Readable, response: ServerResponse): void {
  let head: Buffer = Buffer.alloc(0);
  output.on('data', (chunk: Buffer) => {
    if (response.headersSent) {
      if (!response.write(chunk)) {
        output.pause();
        response.once('drain', () => output.resume());
      }
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1) return;
    let status = 200;
    for (const line of head.toString('latin1', 0, end).split('\r\n')) {
      const [name = '', value = ''] = line.split(/:\s*/, 2);
      if (name.toLowerCase() === 'status') status = parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.writeHead(status);
    response.write(head.subarray(end + 4));
  });
}

function cgiOf(backend: Backend): NodeJS.ProcessEnv {
  const { site, repository, service, login, request, url } = backend;
  const { record } = repository;
  const header = (name: string) => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    ...gitEnvironment,
    GIT_PROJECT_ROOT: site.repositories.folder,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${fullNameOf(record)}.git/${service}`,
    REQUEST_METHOD: request.method ?? 'GET',
    QUERY_STRING: url.search.slice(1),
    CONTENT_TYPE: header('content-type'),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    GIT_PROTOCOL: header('git-protocol'),
    REMOTE_ADDR: '127.0.0.1',
    ...(login && { REMOTE_USER: login }),
    ...rulesFor(site, repository, login),
  };
}

/** What the update hook must refuse, in the environment that it inherits. */
function rulesFor(
  site: Site,
  repository: HostedRepository,
  login: string,
): NodeJS.ProcessEnv {
  const { protections } = repository.record;
  const branches = Object.keys(protections);
  const list = (names: string[]) =>
    names.map(name => `${BRANCHES}${name}\n`).join('');
  return {
    CLOSED_REFS: list(
      branches.filter(name => site.refs.refusal(repository, name, login)),
    ),
    PROTECTED_REFS: list(
      branches.filter(name => !protections[name]?.allow_force_pushes),
    ),
    LASTING_REFS: list(
      branches.filter(name => !protections[name]?.allow_deletions),
    ),
  };
}

function refuse(response: ServerResponse, status: number, why: string): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${why}\n`);
}
