import { type Html, html } from './html';

const STYLE = `
:root { color-scheme: light dark; --line: #d4dbe3; --card: #fff; --page: #eff3f7; --text: #22303d; --dim: #5b6b7b; --link: #0a66c2; }
@media (prefers-color-scheme: dark) { :root { --line: #33414f; --card: #1b242d; --page: #11181f; --text: #dbe4ec; --dim: #93a4b4; --link: #6db5f7; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
header { background: #0f2b46; color: #fff; padding: 12px 24px; display: flex; gap: 16px; align-items: baseline; }
header a { color: #fff; font-weight: 600; text-decoration: none; }
header small { color: #b8c9d9; }
header .end { margin-left: auto; font-weight: 400; }
main { max-width: 1080px; margin: 24px auto; padding: 0 24px; }
a { color: var(--link); }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 16px; margin: 28px 0 8px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 16px; }
.bar { display: flex; gap: 8px; flex-wrap: wrap; align-items: center; justify-content: space-between; margin-bottom: 16px; }
.bar form { display: inline; }
button { font: inherit; padding: 6px 14px; border: 1px solid var(--line); border-radius: 4px; background: var(--card); color: var(--text); cursor: pointer; }
button.main { background: #0a66c2; border-color: #0a66c2; color: #fff; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
th, td { text-align: left; padding: 8px 12px; border-top: 1px solid var(--line); vertical-align: top; }
th { color: var(--dim); font-weight: 600; border-top: 0; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 20px; margin: 0; } dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere; }
.dim { color: var(--dim); }
.mark { white-space: nowrap; font-weight: 600; }
.good { color: #12805c; } .busy { color: #0a66c2; } .warn { color: #a15c00; } .bad { color: #c4314b; }
@media (prefers-color-scheme: dark) { .good { color: #4cc79a; } .busy { color: #6db5f7; } .warn { color: #f0b45b; } .bad { color: #ff8095; } }
.alert { border-left: 4px solid #c4314b; margin-bottom: 16px; overflow-wrap: anywhere; }
`;

export function page(title: string, content: Html): string {
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Argo CD (sandbox)</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <header>
          <a href="/">Argo CD</a><small>Sandbox: simulated clusters</small>
          <a class="end" href="/trouble">Trouble</a>
        </header>
        <main>${content}</main>
      </body>
    </html>`.text;
}

const SIGNS: Record<string, [sign: string, style: string]> = {
  Synced: ['✓', 'good'],
  Healthy: ['✓', 'good'],
  Succeeded: ['✓', 'good'],
  OutOfSync: ['≠', 'warn'],
  Progressing: ['◔', 'busy'],
  Running: ['◔', 'busy'],
  Terminating: ['◔', 'busy'],
  Suspended: ['‖', 'warn'],
  Missing: ['○', 'warn'],
  Degraded: ['✗', 'bad'],
  Failed: ['✗', 'bad'],
  Error: ['✗', 'bad'],
};

/** Status in word, sign and colour; never by colour alone. */
export function mark(word: string | undefined): Html {
  const [sign, style] = SIGNS[word ?? ''] ?? ['?', 'dim'];
  return html`<span class="mark ${style}"
    ><span aria-hidden="true">${sign}</span> ${word ?? 'Unknown'}</span
  >`;
}
