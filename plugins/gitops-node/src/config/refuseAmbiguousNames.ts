import { InputError } from '@backstage/errors';
import { fill } from '../layouts/placeholders';
import { type ClusterConfig, type EnvironmentConfig } from './GitopsConfig';

const SERVICE = '<service>';
const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

/** A cluster of an environment, with its key in the configuration. */
export interface Place {
  readonly environment: EnvironmentConfig;
  /** Of the environment. */
  readonly environmentKey: string;
  readonly cluster: ClusterConfig;
  readonly key: string;
}

/**
 * Refuses places in which a layout gives different services one name: with the
 * environments `prod` and `eu-prod`, `cart-eu` in the one and `cart` in the
 * other may both be `cart-eu-prod`.
 *
 * @throws InputError naming the keys and the fix.
 */
export function refuseAmbiguousNames(places: readonly Place[]): void {
  places.forEach((place, index) => {
    for (const other of places.slice(0, index)) {
      const meeting = meetingOf(other, place);
      if (meeting) {
        throw ambiguous(other, place, meeting);
      }
    }
  });
}

/** What would be mixed up. */
interface Meeting {
  /** Of the layout. */
  readonly key: 'application' | 'namespace';
  readonly what: string;
  readonly name: string;
  /** In the first place and in the second. */
  readonly services: readonly [string, string];
}

/** Argo CD's Applications, else the namespaces of a cluster. */
function meetingOf(a: Place, b: Place): Meeting | undefined {
  const applications =
    a.cluster.instance === b.cluster.instance &&
    meet(applicationOf(a), applicationOf(b));
  if (applications) {
    const what = `Application of the Argo CD instance ${b.cluster.instance}`;
    return { key: 'application', what, ...applications };
  }
  const namespaces =
    isSameCluster(a.cluster, b.cluster) && meet(namespaceOf(a), namespaceOf(b));
  // A layout may want one namespace for a service in several environments.
  if (namespaces && namespaces.services[0] !== namespaces.services[1]) {
    const what = `namespace of ${b.cluster.destination}`;
    return { key: 'namespace', what, ...namespaces };
  }
  return undefined;
}

function namespaceOf({ environment, cluster }: Place): string {
  return fill(environment.layout.namespace, {
    service: SERVICE,
    environment: environment.name,
    cluster: cluster.name,
  });
}

function applicationOf(place: Place): string | undefined {
  const { environment, cluster } = place;
  const { application } = environment.layout;
  return (
    application &&
    fill(application, {
      service: SERVICE,
      environment: environment.name,
      cluster: cluster.name,
      namespace: namespaceOf(place),
    })
  );
}

/** The cluster that an Argo CD runs in has the same address in each of them. */
function isSameCluster(a: ClusterConfig, b: ClusterConfig): boolean {
  const isOwn = a.destination === 'https://kubernetes.default.svc';
  return (
    a.destination === b.destination && (!isOwn || a.instance === b.instance)
  );
}

/**
 * Two services that the templates give the same name, if there can be any.
 *
 * @remarks
 * A name is what stands before the service's, the service's, and what stands
 * after it. Two names can be the same where of both parts one place's is the
 * end, or the beginning, of the other place's, and what is left over can be a
 * part of a service's name.
 */
function meet(
  first: string | undefined,
  second: string | undefined,
): Pick<Meeting, 'name' | 'services'> | undefined {
  const [a, b] = [partsOf(first), partsOf(second)];
  if (!a || !b) {
    return undefined;
  }
  const begins = a.before.startsWith(b.before) || b.before.startsWith(a.before);
  const ends = a.after.endsWith(b.after) || b.after.endsWith(a.after);
  // What the one place adds, the service of the other one has in its name.
  const ofA = serviceWith(b, a);
  const ofB = serviceWith(a, b);
  return begins && ends && LABEL.test(ofA) && LABEL.test(ofB)
    ? { name: `${a.before}${ofA}${a.after}`, services: [ofA, ofB] }
    : undefined;
}

interface NameParts {
  readonly before: string;
  readonly after: string;
}

/** None where the service's name is not in it exactly once. */
function partsOf(template: string | undefined): NameParts | undefined {
  const [before, after, more] = template?.split(SERVICE) ?? [];
  return before === undefined || after === undefined || more !== undefined
    ? undefined
    : { before, after };
}

/** A service's name that makes up for what the other place has more. */
function serviceWith(other: NameParts, own: NameParts): string {
  const more = Math.max(0, other.after.length - own.after.length);
  return `${other.before.slice(own.before.length)}cart${other.after.slice(
    0,
    more,
  )}`;
}

function ambiguous(a: Place, b: Place, meeting: Meeting): InputError {
  const isOne = a.environment === b.environment;
  const [keyA, keyB] = isOne
    ? [`${a.key}.name`, `${b.key}.name`]
    : [`${a.environmentKey}.name`, `${b.environmentKey}.name`];
  const [nameA, nameB] = isOne
    ? [a.cluster.name, b.cluster.name]
    : [a.environment.name, b.environment.name];
  const [serviceA, serviceB] = meeting.services;
  const { name } = b.environment.layout;
  return new InputError(
    `${keyB} is "${nameB}" and ${keyA} is "${nameA}": with the layout "${name}", the service ${serviceA} in ${a.environment.name} (${a.cluster.name}) and the service ${serviceB} in ${b.environment.name} (${b.cluster.name}) would both be the ${meeting.what} named ${meeting.name}. Choose another name for one of the two, or a layout of your own whose "${meeting.key}" tells them apart.`,
  );
}
