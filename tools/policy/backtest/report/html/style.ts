/**
 * Colours keep apart for every kind of colour vision, and by lightness; what came too late is hatched as well, for black and
 * white prints.
 */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --sheet: #ffffff; --ink: #1c2430; --quiet: #5a6473; --line: #d8dce2; --soft: #eef1f5;
  --on-time: #1668a8; --late: #946a00; --too-late: #c2410c; --not-known: #7b8391; --before: #6b7482; --after: #5b3cc4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10141a; --sheet: #181d25; --ink: #e6eaf0; --quiet: #a3adba; --line: #333b47; --soft: #212834;
    --on-time: #62b0ee; --late: #dcae3c; --too-late: #f58a4e; --not-known: #929baa; --before: #a3adba; --after: #b7a2ff;
  }
}
* { box-sizing: border-box; }
html { font-size: 15px; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  font-variant-numeric: tabular-nums;
}
main { max-width: 1040px; margin: 0 auto; padding: 28px 20px 56px; }
header p, .quiet { color: var(--quiet); }
header .kind { margin: 0; text-transform: uppercase; letter-spacing: .08em; font-size: 0.8rem; font-weight: 600; }
h1 { margin: 2px 0 4px; font-size: 1.867rem; line-height: 1.2; overflow-wrap: anywhere; }
h1 .against { color: var(--quiet); font-weight: 400; }
h2 { margin: 0 0 4px; font-size: 1.267rem; }
h3 { margin: 20px 0 4px; font-size: 1rem; }
header p { margin: 0 0 18px; }
section { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; padding: 20px 24px; margin: 0 0 18px; }
section > p { margin: 4px 0 12px; max-width: 78ch; }
.verdict { display: grid; grid-template-columns: 1fr auto; gap: 8px 36px; align-items: center; }
.verdict p { margin: 0 0 8px; font-size: 1.2rem; line-height: 1.45; }
.verdict p.quiet { font-size: 1rem; margin: 0; }
.score { text-align: center; padding: 6px 18px; border-left: 1px solid var(--line); min-width: 190px; }
.score b { display: block; font-size: 3.467rem; line-height: 1.1; }
.score span { display: block; color: var(--quiet); font-size: 0.867rem; max-width: 22ch; margin: 0 auto; }
.right { color: var(--on-time); } .wrong { color: var(--too-late); }
figure { margin: 8px 0 0; overflow-x: auto; }
figure svg { display: block; width: 100%; min-width: 620px; height: auto; }
figcaption { color: var(--quiet); font-size: 0.867rem; margin-top: 6px; }
svg text { fill: var(--ink); font-size: 13px; }
svg .quiet { fill: var(--quiet); font-size: 12px; }
svg .strong { font-weight: 650; }
svg .axis { stroke: var(--line); stroke-width: 1; }
svg .middle { stroke: var(--ink); stroke-width: 1.5; }
svg .bar { stroke: var(--sheet); stroke-width: 1; }
svg .on-time { fill: var(--on-time); } svg .late { fill: var(--late); }
svg .too-late { fill: var(--too-late); } svg .not-known { fill: var(--not-known); }
svg .hatch { stroke: var(--sheet); stroke-width: 1.6; opacity: .55; }
svg .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
svg .line.before { stroke: var(--before); stroke-dasharray: 6 4; } svg .line.after { stroke: var(--after); }
svg .in-bar { fill: var(--sheet); font-size: 12px; font-weight: 600; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 6px 0 0; padding: 0; list-style: none; font-size: 0.867rem; }
.legend svg { width: 16px; min-width: 0; height: 12px; display: inline-block; vertical-align: -1px; margin-right: 6px; }
.legend svg.wide { width: 26px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.933rem; margin-top: 8px; }
caption { text-align: left; color: var(--quiet); font-size: 0.867rem; padding-bottom: 4px; }
th, td { padding: 6px 10px; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
thead th { color: var(--quiet); font-weight: 600; font-size: 0.867rem; vertical-align: bottom; }
th:first-child, td:first-child, .text { text-align: left; }
tbody th { font-weight: 500; }
td small { display: block; color: var(--quiet); font-size: 0.8rem; white-space: nowrap; }
.nowrap, td.percent { white-space: nowrap; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(205px, 1fr)); gap: 12px; margin: 12px 0 4px; }
.tile { background: var(--soft); border-radius: 8px; padding: 12px 14px; }
.tile h3 { margin: 0; font-size: 0.867rem; color: var(--quiet); font-weight: 600; }
.tile p { margin: 2px 0 0; } .tile .figure { font-size: 1.267rem; font-weight: 650; white-space: nowrap; } .tile .figure span { color: var(--quiet); font-weight: 400; }
.tile small { color: var(--quiet); }
code { font: .867rem/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.tag { display: inline-block; padding: 0 7px; border-radius: 9px; background: var(--soft); font-size: 0.867rem; }
.dot { display: inline-block; width: 9px; height: 9px; border-radius: 50%; margin-right: 6px; background: var(--not-known); }
.dot.on-time { background: var(--on-time); } .dot.late { background: var(--late); } .dot.too-late { background: var(--too-late); border-radius: 0; }
ul.notes { margin: 8px 0 0; padding-left: 20px; max-width: 86ch; } ul.notes li { margin-bottom: 6px; }
@media (max-width: 720px) { .verdict { grid-template-columns: 1fr; } .score { border-left: 0; border-top: 1px solid var(--line); padding-top: 12px; } section { padding: 16px; } }
@media print {
  :root { --page: #fff; --sheet: #fff; --ink: #000; --quiet: #444; --line: #bbb; --soft: #eee;
    --on-time: #1668a8; --late: #946a00; --too-late: #c2410c; --not-known: #7b8391; --before: #555; --after: #5b3cc4; color-scheme: light; }
  @page { size: A4; margin: 14mm; }
  html { font-size: 10.5px; } body { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  section { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: 10px 0; margin: 0; }
  section.whole, figure, tr, .verdict { break-inside: avoid; } h2, h3 { break-after: avoid; }
  figure, .scroll { overflow: visible; } figure svg { min-width: 0; } th, td { padding: 4px 5px; }
  .tiles { grid-template-columns: repeat(4, 1fr); } .nowrap { white-space: normal; } td small { white-space: normal; }
}
`;
