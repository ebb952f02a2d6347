import { z } from 'zod/v4';

/**
 * A web address without credentials; no slash and no `.git` at the end.
 */
export const webAddress = z
  .string()
  .superRefine((value, context) => {
    const problem = addressProblem(value);
    if (problem) {
      context.addIssue({ code: 'custom', message: problem });
    }
  })
  .transform(value => value.replace(/\/+$/, ''));

/**
 * The web address of a repository.
 */
export const repositoryAddress = webAddress
  .refine(
    value => new URL(value).pathname.split('/').filter(Boolean).length >= 2,
    'must be a repository: https://<host>/<owner>/<name>',
  )
  .transform(value => value.replace(/\.git$/, ''));

function addressProblem(value: string): string | undefined {
  if (!URL.canParse(value) || !/^https?:\/\//i.test(value)) {
    return 'must be a web address such as https://github.com/acme';
  }
  const { username, password, search, hash } = new URL(value);
  if (username || password) {
    return 'must not contain credentials; put them under integrations or argocd';
  }
  return search || hash ? 'must not have a query or a fragment' : undefined;
}
