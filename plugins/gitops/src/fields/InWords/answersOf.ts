export type Answers = Readonly<Record<string, string>>;

/** What the form's data has for the properties of a schema, in their order. */
export function answersOf(
  schema: { readonly properties?: object },
  formData: Readonly<Record<string, unknown>>,
): Answers {
  return Object.fromEntries(
    Object.keys(schema.properties ?? {}).flatMap(name => {
      const answer = formData[name];
      return typeof answer === 'string' && answer ? [[name, answer]] : [];
    }),
  );
}
