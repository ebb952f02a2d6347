import { Alert, TextField } from '@backstage/ui';
import { type ServiceLookup } from '@callboard/backstage-plugin-gitops-common';
import { ExternalLink } from '../../components/common/ExternalLink';
import { repositoryName } from '../../presentation/repository';
import { QueryCache } from '../../query/QueryCache';
import { Described } from '../common/Described';
import styles from './ServiceName.module.css';
import { type serviceNameSchema } from './schema';
import { useRepositoryOf } from './useRepositoryOf';

type Props = typeof serviceNameSchema.TProps;

/**
 * The name of a new service. It tells where a repository has that name already,
 * and stops nobody: whose it is, is looked at when the template runs.
 */
export function ServiceName(props: Props) {
  return (
    <QueryCache>
      <NameField {...props} />
    </QueryCache>
  );
}

function NameField(props: Props) {
  const { formData, idSchema, schema, uiSchema, onChange } = props;
  const { rawErrors, required, disabled, readonly } = props;
  const repository = useRepositoryOf(formData, schema);
  return (
    <Described field={props}>
      <TextField
        id={idSchema.$id}
        label={schema.title}
        secondaryLabel={required ? 'Required' : undefined}
        placeholder={uiSchema['ui:placeholder']}
        // The template asks for it, at the beginning of its form.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={uiSchema['ui:autofocus']}
        autoComplete="off"
        spellCheck="false"
        isRequired={required}
        isDisabled={disabled}
        isReadOnly={readonly}
        isInvalid={Boolean(rawErrors?.length)}
        value={formData ?? ''}
        onChange={value => onChange(value === '' ? undefined : value)}
      />
      <div role="status" className={styles.hint}>
        {repository?.exists && <Taken repository={repository} />}
      </div>
    </Described>
  );
}

function Taken({ repository }: { repository: ServiceLookup['repository'] }) {
  return (
    <Alert
      status="warning"
      icon
      description={
        <>
          <ExternalLink href={repository.url}>
            {repositoryName(repository.url)}
          </ExternalLink>{' '}
          exists already. If you and this form began it, it is continued where
          it stopped; otherwise choose another name.
        </>
      }
    />
  );
}
