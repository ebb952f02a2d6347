/** The one style sheet. Light and dark as the system is. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --raised: #f6f7f9; --line: #d5d9e0; --text: #1c2330;
  --soft: #58616f; --link: #1257b5; --accent: #1f6f43; --on-accent: #ffffff;
  --bad: #a8251c; --wait: #80560a; --merged: #6a3fb0;
  --added: #e3f5e8; --removed: #fdeaea; --hunk: #eaf1fb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14181f; --raised: #1c222b; --line: #343c48; --text: #e6e9ee;
    --soft: #a2acba; --link: #7db4ff; --accent: #3fae70; --on-accent: #08130c;
    --bad: #ff8a80; --wait: #f2c063; --merged: #c4a5ff;
    --added: #17301f; --removed: #3a1d1f; --hunk: #1b2a41;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif;
}
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
header, main, footer { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
header {
  display: flex; gap: 16px; align-items: center; justify-content: space-between;
  flex-wrap: wrap; padding-top: 14px; padding-bottom: 14px;
}
.bar { background: var(--raised); border-bottom: 1px solid var(--line); }
.crumbs { font-size: 17px; font-weight: 600; }
main { padding-top: 24px; padding-bottom: 48px; }
footer { color: var(--soft); font-size: 13px; padding-bottom: 32px; }
h1 { font-size: 24px; line-height: 1.3; margin: 0 0 8px; }
h2 { font-size: 17px; margin: 28px 0 10px; }
nav.tabs { display: flex; gap: 20px; margin: 0 0 20px; border-bottom: 1px solid var(--line); }
nav.tabs a { padding: 8px 0; color: var(--text); }
nav.tabs a[aria-current] { border-bottom: 2px solid var(--accent); font-weight: 600; }
.soft { color: var(--soft); }
.box { border: 1px solid var(--line); border-radius: 8px; overflow: hidden; margin: 0 0 16px; }
.box > .row, .box > .head { padding: 9px 16px; border-top: 1px solid var(--line); }
.box > :first-child { border-top: 0; }
.box > .head { background: var(--raised); display: flex; gap: 12px; justify-content: space-between; flex-wrap: wrap; }
.row { display: flex; gap: 12px; justify-content: space-between; align-items: baseline; }
.row > :first-child { min-width: 0; overflow-wrap: anywhere; }
.row > :last-child { text-align: right; }
.pill {
  display: inline-block; border-radius: 999px; padding: 2px 11px; font-size: 13px;
  font-weight: 600; border: 1px solid currentColor; margin-right: 8px;
}
.open, .good { color: var(--accent); } .closed, .bad { color: var(--bad); }
.merged { color: var(--merged); } .wait { color: var(--wait); }
pre, code, textarea, .code { font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; }
pre { margin: 0; padding: 14px 16px; overflow-x: auto; tab-size: 4; }
pre.text { white-space: pre-wrap; overflow-wrap: anywhere; }
table.code { border-collapse: collapse; width: 100%; }
.scroll { overflow-x: auto; }
table.code td { padding: 0 12px; white-space: pre; vertical-align: top; tab-size: 4; }
table.code td.number { color: var(--soft); text-align: right; width: 1%; user-select: none; }
tr.added { background: var(--added); } tr.removed { background: var(--removed); }
tr.hunk { background: var(--hunk); color: var(--soft); }
form { display: inline-flex; gap: 8px; align-items: center; flex-wrap: wrap; margin: 0; }
form.wide { display: block; }
form.wide > * { display: block; width: 100%; margin: 0 0 12px; }
form.wide > button { width: auto; }
button, select, input, textarea {
  font: inherit; color: inherit; background: var(--page);
  border: 1px solid var(--line); border-radius: 6px; padding: 5px 12px;
}
textarea { font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; min-height: 60vh; tab-size: 4; }
button { cursor: pointer; background: var(--raised); font-weight: 600; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button:disabled { opacity: .55; cursor: not-allowed; }
.actions { display: flex; gap: 10px; flex-wrap: wrap; align-items: center; }
.notice { border-left: 4px solid var(--bad); background: var(--raised); padding: 10px 16px; margin: 0 0 20px; }
ul.plain { list-style: none; margin: 0; padding: 0; }
`;
