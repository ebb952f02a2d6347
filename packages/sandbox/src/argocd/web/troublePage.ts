import { type Trouble } from '../Trouble';
import { type Faults, type FaultState } from '../api/Faults';
import { type Html, html } from './html';
import { page } from './layout';
import { namedTrouble } from './namedTrouble';

type Switch = Exclude<keyof FaultState, 'latencyMs'>;

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
};
const MOST_LATENCY_MS = 60_000;

/** Everything that can be wrong with this Argo CD, to be switched on and off. */
export function troublePage(
  faults: Readonly<FaultState>,
  trouble: Trouble | undefined,
): string {
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
        ${switches} ${latency(faults)} ${trouble && namedTrouble(trouble)}
        <p>
          <button class="main">Apply</button>
          <button name="restart" value="on">Apply, and end all streams</button>
        </p>
      </form>`,
  );
}

/** Does what the form says; what it does not name is off. */
export function applyTrouble(form: URLSearchParams, faults: Faults): void {
  const isOn = (key: Switch) => form.has(key) && form.get(key) !== 'off';
  const latencyMs = Number(form.get('latencyMs') ?? 0);
  faults.set({
    ...Object.fromEntries(
      Object.keys(SWITCHES).map(key => [key, isOn(key as Switch)]),
    ),
    latencyMs: Math.min(Math.max(latencyMs || 0, 0), MOST_LATENCY_MS),
  });
  if (form.has('restart')) {
    faults.dropStreams();
  }
}

function latency({ latencyMs }: Readonly<FaultState>): Html {
  return html`<p>
    <label>
      <strong>Slow</strong>: every answer takes
      <input
        type="number"
        name="latencyMs"
        min="0"
        max="${MOST_LATENCY_MS}"
        value="${latencyMs}"
      />
      ms more
    </label>
  </p>`;
}
