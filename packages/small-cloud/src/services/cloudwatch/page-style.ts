/** The style of the dashboard page: light or dark as the system is, and one column on a phone. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#f4f5f7;--card:#fff;--ink:#16191f;--soft:#5f6b7a;--rule:#d5dbdb;--bad:#b3261e;--good:#1b7a3d;
--c0:#1f5fbf;--c1:#c2570c;--c2:#1b7a3d;--c3:#8a2be2;--c4:#b3261e;--c5:#6b7280}
@media(prefers-color-scheme:dark){:root{--paper:#0f141a;--card:#1a222c;--ink:#e7ebf0;--soft:#9aa7b5;--rule:#35404c;--bad:#ff7a70;--good:#5fd38a;
--c0:#7db3ff;--c1:#ffb066;--c2:#5fd38a;--c3:#c9a0ff;--c4:#ff8f87;--c5:#a8b0bb}}
*{box-sizing:border-box}body{margin:0;padding:16px;background:var(--paper);color:var(--ink);font:14px/1.4 system-ui,sans-serif}
h1{font-size:20px;margin:8px 0 12px;overflow-wrap:anywhere}h2{font-size:13px;margin:0 0 6px}p{margin:0 0 4px}.time{color:var(--soft)}
main{display:grid;grid-template-columns:repeat(24,1fr);grid-auto-rows:40px;gap:8px}
section{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:10px;overflow:auto;min-width:0}
svg{width:100%;height:110px;display:block}path{fill:none;stroke-width:1.6;stroke-linecap:round;vector-effect:non-scaling-stroke}
line{stroke:var(--rule);vector-effect:non-scaling-stroke}
${[0, 1, 2, 3, 4, 5].map((index) => `path.c${index}{stroke:var(--c${index})}li.c${index}::before{background:var(--c${index})}`).join('')}
ul{list-style:none;margin:0;padding:0}.legend{display:flex;flex-wrap:wrap;gap:2px 10px;font-size:12px;color:var(--soft)}
.legend b{color:var(--ink)}.legend li::before{content:"";display:inline-block;width:10px;height:3px;margin:0 5px 3px 0}
.scale,.none{font-size:11px;color:var(--soft)}.none{height:110px;display:grid;place-items:center}
.figure b{font-size:30px;margin-right:6px}.alarms{columns:20rem}.alarms li{break-inside:avoid;padding:3px 8px;margin:0 0 4px;border-left:4px solid var(--rule)}
.alarms .OK{border-color:var(--good)}.alarms .OK b{color:var(--good)}.alarms .ALARM{border-color:var(--bad);background:color-mix(in srgb,var(--bad) 12%,transparent)}
.alarms .ALARM b{color:var(--bad)}
@media(max-width:700px){main{display:block}section{margin-bottom:8px;max-height:none}}
`;
