/** The style of the page, for light and dark screens, from a phone upwards. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d2330; --dim: #5b6475; --paper: #f6f7f9; --card: #fff; --edge: #dfe3ea;
  --c0: #1f6feb; --c1: #c2410c; --c2: #15803d; --c3: #9333ea; --c4: #a16207; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --dim: #9aa4b5; --paper: #0f131a; --card: #181e28; --edge: #2c3442;
  --c0: #6ea8fe; --c1: #fb923c; --c2: #4ade80; --c3: #c084fc; --c4: #facc15; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 20px; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
header, main { max-width: 1200px; margin: 0 auto; }
h1 { margin: 0; font-size: 22px; } h2 { margin: 0 0 2px; font-size: 16px; }
p { margin: 0 0 8px; } header p, .meaning, .none { color: var(--dim); } .meaning { font-size: 13px; overflow-wrap: anywhere; }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 16px; margin-top: 16px; }
section { min-width: 0; padding: 16px; background: var(--card); border: 1px solid var(--edge); border-radius: 8px; }
.wide { grid-column: 1 / -1; }
.tiles { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 12px; margin: 0; }
.tiles dt { color: var(--dim); font-size: 13px; } .tiles dd { margin: 0; font-size: 24px; font-weight: 600; }
.tiles small { display: block; color: var(--dim); font-size: 12px; font-weight: 400; }
.chart { display: grid; grid-template: "ticks plot" 170px "none times" auto / auto minmax(0, 1fr); gap: 4px 8px; margin: 8px 0; }
.chart svg { grid-area: plot; width: 100%; height: 100%; overflow: visible; }
.ticks { grid-area: ticks; display: flex; flex-direction: column; justify-content: space-between; margin: -9px 0; text-align: right; }
.times { grid-area: times; display: flex; justify-content: space-between; }
.ticks, .times { color: var(--dim); font-size: 12px; font-variant-numeric: tabular-nums; white-space: nowrap; }
path { fill: none; vector-effect: non-scaling-stroke; stroke-linejoin: round; stroke-linecap: round; }
.grid { stroke: var(--edge); stroke-width: 1; } .line { stroke-width: 2; } .dot { stroke-width: 7; }
path.c0 { stroke: var(--c0); } path.c1 { stroke: var(--c1); } path.c2 { stroke: var(--c2); } path.c3 { stroke: var(--c3); } path.c4 { stroke: var(--c4); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0 0 8px; padding: 0; list-style: none; font-size: 13px; }
.legend li::before { content: ""; display: inline-block; width: 14px; height: 3px; margin-right: 6px; vertical-align: middle; background: currentColor; }
li.c0::before { background: var(--c0); } li.c1::before { background: var(--c1); } li.c2::before { background: var(--c2); } li.c3::before { background: var(--c3); } li.c4::before { background: var(--c4); }
.bar { display: block; width: 140px; height: 10px; } .bar .back { fill: var(--edge); } rect.c0 { fill: var(--c0); }
.scroll { overflow-x: auto; } .tall { max-height: 320px; overflow-y: auto; }
table { width: 100%; border-collapse: collapse; font-size: 13px; } th, td { padding: 4px 8px; border-top: 1px solid var(--edge); text-align: left; overflow-wrap: anywhere; }
th { border-top: 0; color: var(--dim); font-weight: 500; } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
summary { color: var(--dim); font-size: 13px; cursor: pointer; }
code { padding: 1px 4px; background: var(--paper); border: 1px solid var(--edge); border-radius: 4px; overflow-wrap: anywhere; }
@media (max-width: 700px) { .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@media (max-width: 520px) { body { padding: 10px; } section { padding: 12px; } .tiles dd { font-size: 20px; } .bar { width: 50px; } }
`;
