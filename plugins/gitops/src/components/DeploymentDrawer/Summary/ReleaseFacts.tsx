import {
  type Deployment,
  type Image,
} from '@callboard/backstage-plugin-gitops-common';
import {
  imageReference,
  imageRows,
  type ImageRow,
} from '../../../presentation/releaseImages';
import { versionOf } from '../../../presentation/version';
import { CopyButton } from '../../common/CopyButton';
import { Fact } from '../../common/Facts';
import { VersionLabel } from '../../common/VersionLabel';
import styles from './ReleaseFacts.module.css';

/** Which release runs, which should, and the images of both. */
export function ReleaseFacts({ deployment }: { deployment: Deployment }) {
  const { live, desired } = deployment;
  const rows = imageRows(live, desired);
  return (
    <>
      <Fact name="Version">
        <VersionLabel view={versionOf(deployment)} />
      </Fact>
      {rows.length > 0 && (
        <Fact name={rows.length === 1 ? 'Image' : 'Images'}>
          <ul className={styles.images}>
            {rows.map(row => (
              <ImageItem key={row.name} row={row} />
            ))}
          </ul>
        </Fact>
      )}
    </>
  );
}

function ImageItem({ row }: { row: ImageRow }) {
  const { name, live, desired, isSame } = row;
  if (isSame && live) {
    return (
      <li className={styles.image}>
        <ImageName image={live} />
      </li>
    );
  }
  return (
    <li>
      {live ? (
        <Side name="runs" image={live} />
      ) : (
        <span className={styles.side}>{name} does not run yet</span>
      )}
      {desired ? (
        <Side name="should run" image={desired} />
      ) : (
        <span className={styles.side}>not in Git</span>
      )}
    </li>
  );
}

function Side({ name, image }: { name: string; image: Image }) {
  return (
    <div className={styles.image}>
      <span className={styles.side}>{name}</span>
      <ImageName image={image} />
    </div>
  );
}

function ImageName({ image }: { image: Image }) {
  const { name, tag, digest } = image;
  const short = tag ? `${name}:${tag}` : name;
  return (
    <>
      <span className={styles.name}>
        {short}
        {digest && (
          <span className={styles.digest} title={digest}>
            @{digest.slice(0, 'sha256:'.length + 12)}
          </span>
        )}
      </span>
      <CopyButton text={imageReference(image)} label={`image ${short}`} />
    </>
  );
}
