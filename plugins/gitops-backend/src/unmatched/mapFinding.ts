import {
  type ApplicationRef,
  type Unmatched,
} from '@callboard/backstage-plugin-gitops-common';
import { describeExcess } from '../deployments/describeExcess';
import { toPublicText } from '../deployments/toPublicText';
import { type FindingSurroundings } from './FindingSurroundings';
import { type Finding } from './deriveFindings';
import { describeBarrenEntity } from './describeBarrenEntity';
import { describeStrayWorkload, workloadName } from './describeStrayWorkload';
import {
  namesEntity,
  namesSource,
  ownsProject,
  selectsLabel,
} from './snippets';

type Words = Pick<Unmatched, 'message' | 'fix'>;

/** Puts a finding into words, with what to do. */
export function mapFinding(
  finding: Finding,
  application: ApplicationRef | undefined,
  surroundings: FindingSurroundings,
): Unmatched {
  const entityRefs = entityRefsOf(finding);
  const place = application
    ? `${application.instance}/${application.namespace}/${application.name}`
    : '';
  const about = aboutOf(finding);
  const { message, fix } = describe(finding, surroundings);
  return {
    id: [finding.reason, place, about].join(':'),
    reason: finding.reason,
    ...(application && { application }),
    entityRefs,
    message: toPublicText(message),
    fix,
  };
}

/** What tells it from other findings of the same reason and place. */
function aboutOf(finding: Finding): string {
  if (finding.reason === 'several-entities') {
    return '';
  }
  return finding.reason === 'stray-workload'
    ? workloadName(finding.workload)
    : entityRefsOf(finding).join(',');
}

function entityRefsOf(finding: Finding): readonly string[] {
  if ('entityRefs' in finding) {
    return finding.entityRefs;
  }
  if ('entry' in finding) {
    return [finding.entry.entityRef];
  }
  return 'entityRef' in finding ? [finding.entityRef] : [];
}

function describe(finding: Finding, surroundings: FindingSurroundings): Words {
  if (finding.reason === 'approximate') {
    return { message: finding.guess.why, fix: finding.guess.fix };
  }
  if (finding.reason === 'stray-workload') {
    return describeStrayWorkload(finding);
  }
  return describeOfEntity(finding, surroundings);
}

function describeOfEntity(
  finding: Exclude<Finding, Of<'approximate'> | Of<'stray-workload'>>,
  surroundings: FindingSurroundings,
): Words {
  switch (finding.reason) {
    case 'no-entity':
      return describeNoEntity(finding);
    case 'unknown-entity':
      return describeUnknownEntity(finding);
    case 'not-selected':
      return describeNotSelected(finding);
    case 'several-entities':
      return describeSeveral(finding);
    case 'unproven':
      return describeUnproven(finding, surroundings);
    case 'claimed':
      return describeClaimed(finding);
    case 'selects-nothing':
      return describeBarrenEntity(finding.entry, surroundings);
    case 'selects-too-many':
      return describeTooMany(finding);
    default:
      return finding satisfies never;
  }
}

type Of<R extends Finding['reason']> = Extract<Finding, { reason: R }>;

function describeNoEntity({ application, suggestion }: Of<'no-entity'>): Words {
  const source = namesSource(application);
  return {
    message:
      'No entity of the catalog has this application: it names none, no component has its source, and no annotation selects it. So nobody sees it in the portal.',
    fix: {
      text: suggestion
        ? `${suggestion} has the name that the Application's labels tell. If it is the one, annotate the Application with it. An application that is no service of the catalog can stay as it is.`
        : 'Annotate the Application with the entity that it deploys, or tell the entity where its source is. Where the catalog has no such entity, add it first. An application that is no service of the catalog can stay as it is.',
      snippets: [
        namesEntity(suggestion ?? 'component:default/<name>'),
        ...(source && !suggestion ? [source] : []),
      ],
    },
  };
}

function describeUnknownEntity({ entityRef }: Of<'unknown-entity'>): Words {
  return {
    message: `The Application names ${entityRef}, which the catalog does not have. It was renamed or removed, or its file cannot be read at the moment.`,
    fix: {
      text: 'Register the entity in the catalog, name the right one, or remove the Application if the service is gone.',
      snippets: [namesEntity('component:default/<name>')],
    },
  };
}

function describeNotSelected({ entityRef }: Of<'not-selected'>): Words {
  return {
    message: `The Application names ${entityRef}, but annotations of that entity select other applications only, and they decide what its page shows.`,
    fix: {
      text: `Remove the annotations that begin with argocd/ from ${entityRef}: without them it has all applications that name it. Or change them so that they select this one, too.`,
    },
  };
}

function describeSeveral(finding: Of<'several-entities'>): Words {
  const { entityRefs, total } = finding;
  const more = total - entityRefs.length;
  return {
    message: `${total} entities have this application, and it does not say whose it is: ${entityRefs.join(
      ', ',
    )}${more > 0 ? ` and ${more} more` : ''}. Each of them shows it.`,
    fix: {
      text: 'Annotate the Application with the one that it deploys.',
      snippets: [namesEntity(entityRefs[0] ?? 'component:default/<name>')],
    },
  };
}

function describeUnproven(
  { application, entityRef }: Of<'unproven'>,
  { sharedProjects }: FindingSurroundings,
): Words {
  const isShared =
    application.project === 'default' ||
    sharedProjects.includes(application.project);
  return {
    message: `Nothing but ${entityRef} itself says that this application is its own: it does not name the entity, and its source is not where the catalog has read the entity's file from a branch. So its status is shown there, but no details, and nobody can act on it.`,
    fix: {
      text: isShared
        ? 'Annotate the Application with the entity.'
        : 'Annotate the Application with the entity. Or, where all applications of its AppProject belong to one owner, say so in the configuration of the portal.',
      snippets: [
        namesEntity(entityRef),
        ...(isShared ? [] : [ownsProject(application.project)]),
      ],
    },
  };
}

function describeClaimed(finding: Of<'claimed'>): Words {
  const { entityRef, owner, isDeclared } = finding;
  return {
    message: `${entityRef} selects this application by annotation, but it belongs to ${owner}: ${
      isDeclared
        ? 'the Application names it'
        : 'its source is where the file of that entity is, or its label backstage-name has the name of that entity, or its AppProject belongs to the owner of that entity'
    }. So ${entityRef} shows its status only.`,
    fix: {
      text: `If it is not that entity's, narrow or remove the annotations of ${entityRef} that begin with argocd/. If it is, annotate the Application with ${entityRef}.`,
      snippets: [namesEntity(entityRef)],
    },
  };
}

function describeTooMany({ entry, total }: Of<'selects-too-many'>): Words {
  const { message, fix } = describeExcess(
    entry.selection,
    total.toLocaleString('en'),
  );
  return {
    message,
    fix: {
      text: fix,
      ...(entry.selection.annotated && {
        snippets: [selectsLabel(`app.kubernetes.io/name=${entry.name}`)],
      }),
    },
  };
}
