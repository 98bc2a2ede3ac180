/** How the page looks, on a screen, at night and on paper. It holds nothing of a portal's. */

export const style = `
:root{color-scheme:light dark;--ink:#18222d;--soft:#4d5b69;--line:#d3dae1;--ground:#fff;--shade:#f4f6f9;--accent:#1f5fae;--high:#b42318;--medium:#8a5200;--low:#475467;--c1:#0f3a70;--c2:#2f72c4;--c3:#8fb9e8;--a1:#c9dcf2;--a2:#8fb9e8;--a3:#4f8bd0;--a4:#23589c;--a5:#0f2f5c;--track:#e6ebf0}
@media (prefers-color-scheme:dark){:root{--ink:#e7ecf1;--soft:#a7b4c1;--line:#37434f;--ground:#14191f;--shade:#1c232b;--accent:#7fb5f0;--high:#ff9d90;--medium:#f2c063;--low:#b9c5d1;--c1:#dcebfb;--c2:#7fb5f0;--c3:#3f74ad;--a1:#274563;--a2:#3f74ad;--a3:#6ba3df;--a4:#a5cbf3;--a5:#e3effc;--track:#2a333d}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0 auto;padding:0 1.25rem 4rem;max-width:72rem;font:16px/1.55 system-ui,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;color:var(--ink);background:var(--ground)}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .35rem}
h2{font-size:1.35rem;line-height:1.25;margin:3rem 0 .5rem;padding-top:1rem;border-top:2px solid var(--ink)}
h3{font-size:1.05rem;margin:1.6rem 0 .5rem}
p{margin:.4rem 0 .8rem;max-width:46rem}
small,.soft{color:var(--soft)}
small{font-size:.85em;font-weight:400}
header{display:grid;grid-template-columns:auto minmax(0,1fr);gap:1.5rem;align-items:center;padding:2rem 0 1rem}
header.plain{display:block}
.grade{display:grid;place-content:center;text-align:center;width:7.5rem;height:7.5rem;border:3px solid var(--ink);border-radius:16px}
.grade b{font-size:3.6rem;line-height:1}
.grade span{font-size:.85rem;color:var(--soft)}
.lead{font-size:1.1rem}
.kpis{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.6rem,1fr));gap:.75rem;margin:1rem 0;padding:0;list-style:none}
.kpis li{padding:.75rem 1rem;border:1px solid var(--line);border-radius:10px;background:var(--shade)}
.kpis b{display:block;font-size:1.6rem;line-height:1.2;font-variant-numeric:tabular-nums}
nav ul{display:flex;flex-wrap:wrap;gap:.35rem 1.1rem;margin:1rem 0 0;padding:0;list-style:none}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));gap:1.25rem}
figure{margin:0;padding:1rem 1.1rem;border:1px solid var(--line);border-radius:12px;min-width:0}
figure h3{margin:0 0 .2rem}
figcaption{margin-top:.6rem;font-size:.88rem;color:var(--soft)}
svg{display:block;overflow:visible;font:14px system-ui,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
svg text{fill:var(--ink)}
svg .end{text-anchor:end;font-variant-numeric:tabular-nums}
svg text.soft{fill:var(--soft);font-size:12.5px}
.track{fill:var(--track)}
.high{fill:var(--high)}.medium{fill:var(--medium)}.low{fill:var(--low)}.plain-fill{fill:var(--c2)}
.certain{fill:var(--c1)}.likely{fill:var(--c2)}.possible{fill:var(--c3)}
.age1{fill:var(--a1)}.age2{fill:var(--a2)}.age3{fill:var(--a3)}.age4{fill:var(--a4)}.age5{fill:var(--a5)}
.bars rect:not(.track){stroke:var(--ground);stroke-width:1}
.area{fill:var(--a1)}
.line,.expected{fill:none;vector-effect:non-scaling-stroke;stroke:var(--c2);stroke-width:1.4}
.expected-key{fill:var(--ink)}.expected{stroke:var(--ink);stroke-width:1.6;stroke-dasharray:5 4}
.axis{stroke:var(--line)}.axis.base{stroke:var(--soft)}
.alarm{stroke:var(--high);stroke-width:1.5;stroke-dasharray:2 2}
svg .flag{fill:var(--high);text-anchor:middle;font-size:12px}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:.3rem 0 .6rem;padding:0;list-style:none;font-size:.85rem}
.key svg{display:inline-block;vertical-align:-1px;margin-right:.35rem}
.key rect{stroke:var(--soft)}
.wide{overflow-x:auto}.whole{grid-column:1/-1}tbody th{font-weight:500}
table{width:100%;border-collapse:collapse;font-size:.93rem}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.45rem .8rem .45rem 0;border-bottom:1px solid var(--line)}
thead th{font-size:.82rem;color:var(--soft)}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.item{padding:.9rem 1.1rem;margin:.8rem 0;border:1px solid var(--line);border-left-width:6px;border-radius:10px;overflow-wrap:anywhere}
.item h3,.item h4{margin:0 0 .25rem;font-size:1rem}
.item p{margin:.25rem 0}
.item.is-high{border-left-color:var(--high)}.item.is-medium{border-left-color:var(--medium)}.item.is-low{border-left-color:var(--low)}
.item.is-certain{border-left-color:var(--c1)}.item.is-likely{border-left-color:var(--c2)}.item.is-possible{border-left-color:var(--c3)}
.tag{display:inline-block;margin-right:.5rem;padding:0 .55em;border:1px solid currentColor;border-radius:1em;font-size:.8rem;font-weight:600;white-space:nowrap}
.tag.t-high{color:var(--high)}.tag.t-medium{color:var(--medium)}.tag.t-low{color:var(--low)}
dl.facts{display:grid;grid-template-columns:minmax(6rem,max-content) minmax(0,1fr);gap:.1rem 1rem;margin:.5rem 0;font-size:.9rem}
dl.facts dt{color:var(--soft)}
dl.facts dd{margin:0;overflow-wrap:anywhere}
dl.terms dt{font-weight:600;margin-top:.8rem}
dl.terms dd{margin:.1rem 0 0;max-width:46rem}
code,pre{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{margin:.4rem 0 0;padding:.6rem .8rem;max-height:12rem;overflow:auto;background:var(--shade);border-radius:8px;white-space:pre-wrap;overflow-wrap:anywhere}
details{margin:.4rem 0}
summary{cursor:pointer;color:var(--accent)}
ul.reasons{margin:.3rem 0;padding-left:1.2rem}
footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.88rem;color:var(--soft)}
@media (max-width:34rem){body{padding:0 .9rem 3rem}header{grid-template-columns:1fr;gap:1rem;padding-top:1.2rem}.grade{width:6rem;height:6rem}dl.facts{grid-template-columns:1fr}dl.facts dd{margin-bottom:.3rem}figure{padding:.8rem}}
@media print{:root{color-scheme:light;--ink:#000;--soft:#3d3d3d;--line:#aaa;--ground:#fff;--shade:#fff;--accent:#000;--high:#8f1a12;--medium:#6b4000;--low:#444;--c1:#0f2f5c;--c2:#3a76bd;--c3:#a9c9ec;--a1:#dbe7f5;--a2:#a9c9ec;--a3:#6a9fd8;--a4:#35689f;--a5:#0f2f5c;--track:#eee}@page{margin:13mm 12mm}.kpis{grid-template-columns:repeat(5,1fr);gap:2mm}.kpis li{padding:2mm 3mm}body{max-width:none;padding:0;font-size:9pt;line-height:1.4}dl.facts,table{font-size:8.5pt}.item details,.item small.act{display:none}nav,.skip{display:none}a{text-decoration:none}h2{break-after:avoid;margin-top:1.6rem}h3,h4,caption{break-after:avoid}figure,.item,.kpis li,tr,header{break-inside:avoid}thead{display:table-header-group}.charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:3mm}.charts figure{padding:3mm}svg{font-size:12px}.item{margin:2mm 0;padding:2mm 3mm}.item p{max-width:none}pre{max-height:none;overflow:visible;border:1px solid var(--line)}.new-page{break-before:page}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
