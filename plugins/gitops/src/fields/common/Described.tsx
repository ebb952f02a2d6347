import { ScaffolderField } from '@backstage/plugin-scaffolder-react/alpha';
import { type ReactNode } from 'react';

/** A field with its description below, as the scaffolder's own have it. */
export function Described(props: {
  field: {
    readonly schema: { readonly description?: string };
    readonly uiSchema: { readonly 'ui:description'?: string };
    readonly required?: boolean;
    readonly disabled?: boolean;
  };
  children: ReactNode;
}) {
  const { schema, uiSchema, required, disabled } = props.field;
  return (
    <ScaffolderField
      rawDescription={uiSchema['ui:description'] ?? schema.description}
      required={required}
      disabled={disabled}
    >
      {props.children}
    </ScaffolderField>
  );
}
