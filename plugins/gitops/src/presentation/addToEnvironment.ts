/** The software template that registers an existing service for an environment. */
export const ADD_TO_ENVIRONMENT = {
  namespace: 'default',
  templateName: 'add-to-environment',
};

/** The query that fills in the template's form. */
export function prefilled(form: {
  readonly entityRef: string;
  readonly environment: string;
}): string {
  return `?formData=${encodeURIComponent(JSON.stringify(form))}`;
}
