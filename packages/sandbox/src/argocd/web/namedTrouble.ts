import { type Trouble, type TroubleState } from '../Trouble';
import { type Html, html } from './html';

/** Names of the form's fields, which are also those of a call. */
const FIELDS: Record<keyof TroubleState, string> = {
  crashing: 'crash',
  badImages: 'badimage',
  failingHooks: 'failhooks',
  lost: 'unreachable',
  frozen: 'closed',
};
const DRIFT = 'drift';

/** What can be wrong with single clusters, projects and applications, to be switched on and off. */
export function namedTrouble(trouble: Trouble): Html {
  const { applications, clusters, projects } = trouble.choices;
  return html`<h2>Clusters that Argo CD can’t reach</h2>
    <p>${boxes('lost', clusters, trouble)}</p>
    <h2>Projects closed by a sync window</h2>
    <p>${boxes('frozen', projects, trouble)}</p>
    <h2>Applications</h2>
    <p class="dim">
      Where an image can’t be pulled any more the pods are started anew: new
      ones wait for it, old ones serve on. Drift is a scaling by hand: a sync
      undoes it, at once where Argo CD heals by itself. Hooks fail only where
      Git has some.
    </p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Name</th>
            <th>Pods</th>
            <th>Image</th>
            <th>Hooks</th>
            <th>Live state</th>
          </tr>
        </thead>
        <tbody>
          ${applications.map(name => applicationRow(name, trouble))}
        </tbody>
      </table>
    </div>`;
}

/**
 * Does what the form says; what it does not name is well, but drift stays.
 *
 * @throws NotFoundError for a name that nothing has
 */
export function applyNamedTrouble(
  form: URLSearchParams,
  trouble: Trouble,
): void {
  trouble.set({
    crashing: form.getAll(FIELDS.crashing),
    badImages: form.getAll(FIELDS.badImages),
    failingHooks: form.getAll(FIELDS.failingHooks),
    lost: form.getAll(FIELDS.lost),
    frozen: form.getAll(FIELDS.frozen),
  });
  form.getAll(DRIFT).forEach(application => trouble.drift(application));
}

function applicationRow(name: string, trouble: Trouble): Html {
  return html`<tr>
    <td>${name}</td>
    <td>${box('crashing', { name, label: 'crash' }, trouble)}</td>
    <td>${box('badImages', { name, label: 'can’t be pulled' }, trouble)}</td>
    <td>${box('failingHooks', { name, label: 'fail' }, trouble)}</td>
    <td><button name="${DRIFT}" value="${name}">Let it drift</button></td>
  </tr>`;
}

function boxes(
  kind: keyof TroubleState,
  names: readonly string[],
  trouble: Trouble,
): Html[] {
  return names.map(name => box(kind, { name, label: name }, trouble));
}

function box(
  kind: keyof TroubleState,
  { name, label }: { name: string; label: string },
  { state }: Trouble,
): Html {
  return html`<label>
    <input
      type="checkbox"
      name="${FIELDS[kind]}"
      value="${name}"
      ${state[kind].includes(name) && html`checked`}
    />
    ${label}
  </label>`;
}
