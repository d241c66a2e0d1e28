/** The look of the HTML report: the tokens of the console, and nothing that is fetched. */
export const reportStyle = `:root { color-scheme: light dark; --font-ui: -apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "Helvetica Neue", Arial, sans-serif; --font-mono: ui-monospace, SFMono-Regular, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; --fs-11: 0.6875rem; --fs-12: 0.75rem; --fs-14: 0.875rem; --fs-21: 1.3125rem; --r-1: 4px; --r-2: 6px; --r-3: 10px; --bg: light-dark(#f5f6f8, #0e1116); --surface: light-dark(#ffffff, #151920); --surface-2: light-dark(#f0f2f5, #1c2129); --line: light-dark(#e1e5eb, #262c36); --line-strong: light-dark(#c6ccd6, #3b4351); --text: light-dark(#171b23, #e8ebf0); --text-2: light-dark(#454d5d, #b4bcc9); --text-3: light-dark(#5c6577, #919bac); --accent: light-dark(#1f4fd8, #8fabff); --ok: light-dark(#17703a, #5fce86); --ok-soft: light-dark(#e2f4e8, #112c1c); --fail: light-dark(#bb2328, #ff8f8a); --fail-soft: light-dark(#fdeaea, #3a191b); }
@media (prefers-contrast: more) { :root { --line: light-dark(#828b9c, #6d778a); --text-3: var(--text-2); } }
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 400 var(--fs-14)/1.45 var(--font-ui); }
h1, h2, h3, p, dl, dd, ul, pre, figure { margin: 0; padding: 0; }
ul { list-style: none; }
a { color: var(--accent); }
code, pre, .mono { font-family: var(--font-mono); font-size: var(--fs-12); }
 :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.i { width: 16px; height: 16px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; vertical-align: -3px; }
.i.l { width: 22px; height: 22px; }
main { max-width: 1128px; margin: 0 auto; padding: 28px 24px 64px; display: grid; gap: 16px; }
.card { padding: 18px 20px; border: 1px solid var(--line); border-radius: var(--r-3); background: var(--surface); min-width: 0; }
.card > h2 { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; margin-bottom: 12px; font-size: var(--fs-14); }
.card > h2 small { margin-left: auto; color: var(--text-3); font-weight: 400; font-size: var(--fs-12); }
.verdict { display: flex; align-items: center; gap: 14px; }
.verdict .disc { flex: none; display: grid; place-items: center; width: 44px; height: 44px; border-radius: 50%; background: var(--fail-soft); color: var(--fail); }
h1 { font-size: 24px; letter-spacing: -.02em; line-height: 1.2; }
.verdict p { color: var(--text-2); overflow-wrap: anywhere; }
.bar { display: flex; height: 8px; margin-top: 4px; border-radius: 4px; overflow: hidden; gap: 2px; }
.bar i { display: block; }
.sumrow { display: flex; flex-wrap: wrap; gap: 12px 32px; align-items: flex-end; }
.hist { flex: 1; min-width: 240px; }
.sum { display: grid; grid-template-columns: repeat(6, auto); gap: 12px 32px; align-items: end; }
.sum dt { color: var(--text-3); font-size: var(--fs-12); }
.sum dd { font-size: var(--fs-21); font-weight: 600; line-height: 1.25; font-variant-numeric: tabular-nums; white-space: nowrap; }
.sum dd small { color: var(--text-3); font-size: var(--fs-12); font-weight: 400; }
.cap-h { gap: 8px; display: flex; justify-content: space-between; max-width: 320px; margin: 2px 0 0 auto; color: var(--text-3); font-size: var(--fs-11); }
.hist svg { display: block; width: 100%; max-width: 320px; margin-left: auto; }
.plot { overflow-x: auto; }
.plot svg { display: block; width: 100%; min-width: 640px; }
svg text { font-family: var(--font-ui); }
.f { border-top: 1px solid var(--line); }
.f:first-of-type { border-top: 0; }
.f summary { display: grid; grid-template-columns: 16px minmax(0, 1fr) auto; gap: 2px 10px; align-items: center; padding: 10px 0; cursor: pointer; list-style: none; }
.f summary::-webkit-details-marker { display: none; }
.f summary b { overflow-wrap: anywhere; }
.f summary p { grid-column: 2 / -1; color: var(--text-2); }
.f .in { padding: 0 0 16px 26px; display: grid; gap: 10px; }
.fail-t { color: var(--fail); }
.ok-t { color: var(--ok); }
.t3 { color: var(--text-3); }
.diff { overflow-x: auto; border: 1px solid var(--line); border-radius: var(--r-2); font: var(--fs-12)/1.65 var(--font-mono); }
.diff > div { min-width: max-content; padding: 6px 0; }
.diff span.l { display: block; padding: 0 12px; white-space: pre; color: var(--text-2); }
.diff .del { background: var(--fail-soft); color: var(--text) !important; }
.diff .add { background: var(--ok-soft); color: var(--text) !important; }
.diff .del b { color: var(--fail); }
.diff .add b { color: var(--ok); }
.diff .cap { display: flex; gap: 16px; padding: 5px 12px; border-bottom: 1px solid var(--line); color: var(--text-2); background: var(--surface-2); }
.hint { padding: 8px 12px; border-left: 2px solid var(--accent); background: var(--surface-2); border-radius: 0 var(--r-1) var(--r-1) 0; color: var(--text-2); }
pre.cmd { padding: 8px 12px; border-radius: var(--r-2); background: var(--surface-2); white-space: pre-wrap; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { padding: 0 12px 6px 0; color: var(--text-3); font-size: var(--fs-12); font-weight: 500; text-align: left; white-space: nowrap; }
td { padding: 6px 12px 6px 0; border-top: 1px solid var(--line); white-space: nowrap; }
.r { text-align: right; }
.scroll { overflow-x: auto; }
footer { color: var(--text-3); font-size: var(--fs-12); overflow-wrap: anywhere; }
@media (max-width: 720px) { .hist svg, .cap-h { max-width: none; }
main { padding: 16px; }
.sum { grid-template-columns: repeat(3, 1fr); width: 100%; }
.f .in { padding-left: 0; }
h1 { font-size: var(--fs-21); } }
@media print { body { background: #fff; }
.card { break-inside: avoid; } }
.verdict.pass .disc { background: var(--ok-soft); color: var(--ok); }
.bar rect.ok { fill: var(--ok); }
.bar rect.bad { fill: var(--fail); }
.bar { width: 100%; margin: 14px 0 16px; }
.bar svg { width: 100%; height: 8px; }
.grid { stroke: var(--line); }
.axis { stroke: var(--line-strong); }
.tick { fill: var(--text-3); font-size: 11px; }
.dots { fill: var(--accent); opacity: .75; }
.cross { stroke: var(--fail); stroke-width: 2.2; fill: none; }
.limit { stroke: var(--fail); stroke-dasharray: 5 4; opacity: .7; }
.limit-t { fill: var(--fail); font-size: 11px; }
.column { fill: var(--accent); opacity: .55; }
.column.bad { fill: var(--fail); opacity: 1; }
`
