import { Select, Text } from '@backstage/ui';
import { useEnvironments } from '../../hooks/useEnvironments';
import { describeWriteMode } from '../../presentation/writeMode';
import { QueryCache } from '../../query/QueryCache';
import { Described } from '../common/Described';
import { NotShown } from '../common/NotShown';
import styles from './EnvironmentPicker.module.css';
import { type environmentPickerSchema } from './schema';

type Props = typeof environmentPickerSchema.TProps;

/** One of the configured environments. */
export function EnvironmentPicker(props: Props) {
  return (
    <QueryCache>
      <Picker {...props} />
    </QueryCache>
  );
}

function Picker(props: Props) {
  const { formData, idSchema, schema, onChange } = props;
  const { rawErrors, required, disabled, readonly } = props;
  const { data, error } = useEnvironments();
  const picked = data?.items.find(({ name }) => name === formData);
  return (
    <Described field={props}>
      <Select
        id={idSchema.$id}
        label={schema.title}
        secondaryLabel={required ? 'Required' : undefined}
        placeholder={data || error ? 'Pick an environment' : 'Loading…'}
        options={(data?.items ?? []).map(({ name, write }) => ({
          id: name,
          label: name,
          description: `A change is ${describeWriteMode(write)}`,
        }))}
        isRequired={required}
        isDisabled={disabled || readonly}
        isInvalid={Boolean(rawErrors?.length)}
        value={formData ?? null}
        onChange={value => onChange(value === null ? undefined : String(value))}
      />
      {picked && (
        <Text as="p" variant="body-small" className={styles.picked}>
          A change in {picked.name} is {describeWriteMode(picked.write)}.
        </Text>
      )}
      {!data && error && <NotShown error={error} />}
    </Described>
  );
}
