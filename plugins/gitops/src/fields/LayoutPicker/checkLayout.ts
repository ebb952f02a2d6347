import { type ApiHolder } from '@backstage/frontend-plugin-api';
import { gitopsApiRef } from '../../gitopsApiRef';
import { environmentOf } from './environmentOf';

/**
 * Refuses a layout that the environment does not have, or that is not possible
 * in it: a link can fill in anything. Where the backend cannot say, it decides
 * when the template runs.
 */
export async function checkLayout(
  value: string | undefined,
  field: { addError(message: string): void },
  form: {
    apiHolder: ApiHolder;
    formData: Readonly<Record<string, unknown>>;
    uiSchema?: { 'ui:options'?: { environment?: string } };
  },
): Promise<void> {
  if (!value) {
    return;
  }
  const list = await form.apiHolder
    .get(gitopsApiRef)
    ?.getEnvironments()
    .catch(() => undefined);
  const environment = environmentOf(list?.items ?? [], {
    question: form.uiSchema?.['ui:options']?.environment,
    answers: form.formData,
  });
  if (!environment) {
    return;
  }
  const { name, layouts = [] } = environment;
  const layout = layouts.find(each => each.name === value);
  if (!layout) {
    field.addError(
      `${name} does not let services be registered with "${value}". Choose one of ${layouts
        .map(each => each.name)
        .join(', ')}.`,
    );
  } else if (layout.refused) {
    field.addError(layout.refused);
  }
}
