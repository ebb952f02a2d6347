import { NotFoundError } from '@backstage/errors';
import { type Trouble } from '../Trouble';
import { type FaultState } from '../api/Faults';
import { type Html, html } from './html';
import { page } from './layout';
import { namedTrouble } from './namedTrouble';

type Switch = Exclude<keyof FaultState, 'failures' | 'latencyMs' | 'slowRoute'>;

const SWITCHES: Record<Switch, [name: string, effect: string]> = {
  stopped: ['Stopped', 'Connections are closed without an answer.'],
  unavailable: ['Unavailable', 'A proxy in front of it answers 503.'],
  unauthorised: ['Tokens are refused', 'Every token is answered with 401.'],
  limited: ['Rate limited', 'A proxy in front of it answers 429.'],
  truncated: ['Broken off', 'Answers end in the middle of their JSON.'],
  silent: [
    'Silent streams',
    'Event streams stay open and say nothing any more.',
  ],
  lossy: [
    'Lost events',
    'Event streams live, but what changes is not told, as where a buffer overflows.',
  ],
  dribbling: ['Dribbling', 'Answers and events arrive a few bytes at a time.'],
};
const MOST_FAILURES = 1_000;
const MOST_LATENCY_MS = 60_000;

interface Parts {
  faults: Readonly<FaultState>;
  routes: readonly string[];
  trouble?: Trouble;
}

/** Everything that can be wrong with this Argo CD, to be switched on and off. */
export function troublePage(parts: Parts): string {
  const { faults, trouble } = parts;
  const switches = Object.entries(SWITCHES).map(
    ([key, [name, effect]]) => html`<p>
      <label>
        <input
          type="checkbox"
          name="${key}"
          ${faults[key as Switch] && html`checked`}
        />
        <strong>${name}</strong>
      </label>
      <span class="dim">${effect}</span>
    </p>`,
  );
  return page(
    'Trouble',
    html`<h1>Trouble</h1>
      <p>
        What is switched on here holds until it is switched off, or the sandbox
        is started anew; a project stays closed until it is opened. These pages
        go on working.
      </p>
      <form method="post" action="/trouble" class="card">
        <h2>The whole of Argo CD</h2>
        ${switches} ${failures(parts)} ${latency(parts)}
        ${trouble && namedTrouble(trouble)}
        <p>
          <button class="main">Apply</button>
          <button name="restart" value="on">Apply, and end all streams</button>
        </p>
      </form>`,
  );
}

/**
 * What the form says; what it does not name is off.
 *
 * @throws NotFoundError for a route that Argo CD does not have
 */
export function readFaults(
  form: URLSearchParams,
  routes: readonly string[],
): FaultState {
  const isOn = (key: Switch) => form.has(key) && form.get(key) !== 'off';
  const number = (key: string, most: number) =>
    Math.min(Math.max(Math.trunc(Number(form.get(key))) || 0, 0), most);
  const slowRoute = form.get('slowRoute') ?? '';
  if (slowRoute !== '' && !routes.includes(slowRoute)) {
    throw new NotFoundError(
      `Argo CD has no route “${slowRoute}”; choose among ${routes.join(', ')}`,
    );
  }
  return {
    stopped: isOn('stopped'),
    unavailable: isOn('unavailable'),
    unauthorised: isOn('unauthorised'),
    limited: isOn('limited'),
    truncated: isOn('truncated'),
    silent: isOn('silent'),
    lossy: isOn('lossy'),
    dribbling: isOn('dribbling'),
    failures: number('failures', MOST_FAILURES),
    latencyMs: number('latencyMs', MOST_LATENCY_MS),
    slowRoute,
  };
}

function failures({ faults }: Pick<Parts, 'faults'>): Html {
  return html`<p>
    <label>
      <strong>Unavailable, then well</strong>: the next
      <input
        type="number"
        name="failures"
        min="0"
        max="${MOST_FAILURES}"
        value="${faults.failures}"
      />
      requests are answered with 503
    </label>
  </p>`;
}

function latency({ faults, routes }: Pick<Parts, 'faults' | 'routes'>): Html {
  const options = ['', ...new Set(routes)].map(
    route =>
      html`<option
        value="${route}"
        ${route === faults.slowRoute && html`selected`}
      >
        ${route || 'every route'}
      </option>`,
  );
  return html`<p>
    <label>
      <strong>Slow</strong>: every answer, and the first event of a stream,
      takes
      <input
        type="number"
        name="latencyMs"
        min="0"
        max="${MOST_LATENCY_MS}"
        value="${faults.latencyMs}"
      />
      ms more
    </label>
    <label
      >on
      <select name="slowRoute">
        ${options}
      </select></label
    >
  </p>`;
}
