import { Alert, Select, Text } from '@backstage/ui';
import { type LayoutOption } from '@callboard/backstage-plugin-gitops-common';
import { useEffect } from 'react';
import { useEnvironments } from '../../hooks/useEnvironments';
import { QueryCache } from '../../query/QueryCache';
import { Described } from '../common/Described';
import styles from './LayoutPicker.module.css';
import { environmentOf } from './environmentOf';
import { type layoutPickerSchema } from './schema';

type Props = typeof layoutPickerSchema.TProps;

const WORDS: Record<LayoutOption['kind'], string> = {
  application: 'An Argo CD Application of its own',
  'remote-base': "A remote base of the environment's root application",
};

/** How the service is registered, where the environment leaves a choice. */
export function LayoutPicker(props: Props) {
  return (
    <QueryCache>
      <Picker {...props} />
    </QueryCache>
  );
}

function Picker(props: Props) {
  const { formData, formContext, uiSchema, onChange } = props;
  const { data } = useEnvironments();
  const environment = environmentOf(data?.items ?? [], {
    question: uiSchema['ui:options']?.environment,
    answers: formContext?.formData ?? {},
  });
  const layouts = environment?.layouts ?? [];
  const isOffered = layouts.some(({ name }) => name === formData);
  // What was chosen for another environment may be none of this one's.
  useEffect(() => {
    if (environment && formData !== undefined && !isOffered) {
      onChange(undefined);
    }
  }, [environment, formData, isOffered, onChange]);
  return layouts.length > 1 ? <Choice {...props} layouts={layouts} /> : null;
}

function Choice(props: Props & { layouts: readonly LayoutOption[] }) {
  const { layouts, formData, idSchema, schema, onChange } = props;
  const { rawErrors, disabled, readonly } = props;
  const [usual] = layouts;
  const chosen = layouts.find(({ name }) => name === formData) ?? usual;
  return (
    <Described field={props}>
      <Select
        id={idSchema.$id}
        label={schema.title}
        options={layouts.map(({ name, kind, refused }) => ({
          id: name,
          label: WORDS[kind],
          description: name,
          disabled: refused !== undefined,
        }))}
        isDisabled={disabled || readonly}
        isInvalid={Boolean(rawErrors?.length)}
        value={chosen?.name ?? null}
        onChange={value => onChange(value === null ? undefined : String(value))}
      />
      {layouts.map(
        ({ name, kind, refused }) =>
          refused && (
            <Text
              key={name}
              as="p"
              variant="body-small"
              className={styles.below}
            >
              {WORDS[kind]} is not possible: {refused}
            </Text>
          ),
      )}
      {chosen && chosen.notes.length > 0 && !chosen.refused && (
        <div className={styles.below}>
          <Traps notes={chosen.notes} />
        </div>
      )}
    </Described>
  );
}

function Traps({ notes }: { notes: readonly string[] }) {
  return (
    <Alert
      status="warning"
      icon
      title="What to know before"
      description={
        <ul className={styles.notes}>
          {notes.map(note => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      }
    />
  );
}
