import { type StatusRecord } from '../../records';
import { type Html, html } from '../html';

const WORDS: Record<StatusRecord['state'], [string, string]> = {
  success: ['good', '✓ passed'],
  failure: ['bad', '✗ failed'],
  error: ['bad', '✗ broke'],
  pending: ['wait', '• running'],
};

/** What checks say of a commit; nothing if there are none. */
export function checkList(statuses: readonly StatusRecord[]): Html | undefined {
  if (statuses.length === 0) return undefined;
  return html`<h2>Checks</h2>
    <div class="box">
      ${statuses.map(status => {
        const [kind, word] = WORDS[status.state];
        return html`<div class="row">
          <span
            ><strong>${status.context}</strong>
            <span class="soft">${status.description}</span></span
          ><span class="${kind}">${word}</span>
        </div>`;
      })}
    </div>`;
}
