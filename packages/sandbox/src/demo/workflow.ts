import { IMAGES, overlayPath } from './deployFolder';
import { FIRST_ENVIRONMENT } from './environments';

/**
 * The workflow that GitHub would run. In the sandbox the build robot stands in
 * for it and obeys the same rules.
 */
export function workflow(service: string): string {
  const overlay = overlayPath(FIRST_ENVIRONMENT.name);
  return `name: ci

on:
  push:
    branches: [main]
    # Our own releases must not start the next build.
    paths-ignore: ['deploy/**']
  pull_request:

concurrency:
  group: ci-\${{ github.ref }}

permissions:
  contents: read

jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: 24
      - run: npm test

  release:
    needs: test
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    permissions:
      contents: write
      packages: write
    env:
      VERSION: 1.0.\${{ github.run_number }}
      OVERLAY: ${overlay}
    steps:
      - uses: actions/checkout@v5
      - uses: docker/login-action@v3
        with:
          registry: ghcr.io
          username: \${{ github.actor }}
          password: \${{ secrets.GITHUB_TOKEN }}
      - id: build
        uses: docker/build-push-action@v6
        with:
          push: true
          tags: ${IMAGES}/${service}:\${{ env.VERSION }}
      - name: Release to ${FIRST_ENVIRONMENT.name}
        env:
          DIGEST: \${{ steps.build.outputs.digest }}
        run: |
          yq --inplace '
            .images[0].newTag = strenv(VERSION) |
            .images[0].digest = strenv(DIGEST) |
            .labels[0].pairs["app.kubernetes.io/version"] = strenv(VERSION)
          ' "$OVERLAY"
          git config user.name 'Build robot'
          git config user.email 'build-robot@users.noreply.github.com'
          git commit -am "ci: release $VERSION to ${FIRST_ENVIRONMENT.name}"
          git pull --rebase
          git push
`;
}
