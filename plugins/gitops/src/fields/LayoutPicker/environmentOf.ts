import { type Environment } from '@callboard/backstage-plugin-gitops-common';

/** The environment that a form is about. */
export function environmentOf(
  environments: readonly Environment[],
  form: {
    /** The question that asks for it; without one it is the first. */
    readonly question?: string;
    readonly answers: Readonly<Record<string, unknown>>;
  },
): Environment | undefined {
  const { question, answers } = form;
  return question === undefined
    ? environments[0]
    : environments.find(({ name }) => name === answers[question]);
}
