/**
 * What to begin with where nothing is configured: YAML for `app-config.yaml`.
 *
 * @public
 */
export const EXAMPLE_CONFIGURATION = `gitops:
  environments:
    - name: dev
      platformRepo: https://github.com/acme/gitops-infra
      path: clusters/dev/argocd
      write: commit
      project: services-dev
      clusters:
        - name: dev
          instance: main
          destination: https://kubernetes.default.svc
argocd:
  appLocatorMethods:
    - type: config
      instances:
        - name: main
          url: https://argocd.example.net
          token: \${ARGOCD_AUTH_TOKEN}
`;
