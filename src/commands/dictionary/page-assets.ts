/** How the page looks and the little that it does. Neither holds anything of a portal's. */

export const style = `
:root{color-scheme:light dark;--ink:#1f2933;--soft:#5b6875;--line:#dde3e9;--ground:#fff;--shade:#f5f7f9;--own:#c2410c;--own-ground:#fff3ea}
@media (prefers-color-scheme:dark){:root{--ink:#e6eaee;--soft:#9aa7b4;--line:#36414c;--ground:#161b21;--shade:#1e252d;--own:#fb923c;--own-ground:#33231a}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;display:grid;grid-template-columns:15rem minmax(0,1fr);font:15px/1.5 system-ui,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;color:var(--ink);background:var(--ground)}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1.25rem 1rem;background:var(--shade);border-right:1px solid var(--line)}
nav ul{list-style:none;margin:1rem 0 0;padding:0}
nav li{display:flex;justify-content:space-between;padding:.15rem 0}
nav input{width:100%;padding:.45rem .6rem;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--line);border-radius:6px}
main{padding:1.5rem 2.5rem 4rem;max-width:84rem}
a{color:inherit;text-decoration:none}
a:hover{text-decoration:underline}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3rem}
h2{font-size:1.35rem;margin:3rem 0 .2rem;padding-top:.8rem;border-top:2px solid var(--ink)}
h3{font-size:1rem;margin:1.6rem 0 .4rem}
header p,.facts,small,figcaption{color:var(--soft)}
small{font-size:.85em;font-weight:400}
code{font:.82em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--soft);overflow-wrap:anywhere}
figure{margin:1.5rem 0;padding:1rem;border:1px solid var(--line);border-radius:10px;background:var(--shade)}
figcaption{font-size:.85rem;text-align:center}
svg{display:block;width:100%;height:auto;font:600 15px system-ui,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
svg text{fill:var(--ink);text-anchor:middle}
svg .small{font-size:11.5px;font-weight:400;fill:var(--soft)}
svg .edge{fill:none;stroke:var(--soft);stroke-opacity:.3;stroke-width:1.3}
svg .edge.own{stroke:var(--own);stroke-opacity:.85;stroke-width:2.2}
svg rect{fill:var(--ground);stroke:var(--soft);stroke-width:1.2}
svg .own rect{stroke:var(--own);fill:var(--own-ground)}
svg .tag{font-size:12px;fill:var(--own);paint-order:stroke;stroke:var(--shade);stroke-width:5px}
.pipelines{display:flex;flex-wrap:wrap;gap:1rem;margin-top:1rem}
.pipelines>div{flex:1 1 16rem;padding:.2rem 1rem .8rem;border:1px solid var(--line);border-radius:8px}
.pipelines h3{margin:.6rem 0 .3rem}
.pipelines ol{margin:0;padding-left:1.3rem}
table{width:100%;border-collapse:collapse;table-layout:fixed;font-size:.93rem}
th{text-align:left;font-size:.8rem;font-weight:600;color:var(--soft);border-bottom:1px solid var(--line);padding:.25rem .6rem .25rem 0}
th:nth-child(1){width:27%}th:nth-child(2){width:22%}th:nth-child(4){width:9rem}
td{vertical-align:top;padding:.45rem .6rem .45rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
.mark{display:inline-block;padding:0 .45em;font-size:.78rem;border:1px solid var(--line);border-radius:9px;color:var(--soft);white-space:nowrap}
.mark.custom,.mark.unique,.mark.required{color:var(--own);border-color:currentColor}
.options{max-height:6.2rem;overflow:auto;margin-top:.25rem;font-size:.88rem}
.options span{display:inline-block;margin:0 .3rem .2rem 0;padding:0 .45rem;background:var(--shade);border-radius:5px}
.formula{display:block}
meter{width:4.5rem}
[hidden]{display:none!important}
@media (max-width:60rem){body{display:block}nav{position:static;height:auto;border:0}nav ul{columns:2}main{padding:1rem}}
@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--ground:#fff;--shade:#fff;--own:#a33a06;--own-ground:#fff}body{display:block;font-size:10pt}nav{display:none}main{padding:0;max-width:none}section{break-before:page}h2,h3{break-after:avoid}tr,figure,.pipelines>div{break-inside:avoid}.options{max-height:none;overflow:visible}thead{display:table-header-group}}
`;

/** Hides what does not have the words; a type or a group without a hit hides whole. */
export const script = `
const find = document.getElementById('find');
const rows = [...document.querySelectorAll('tbody tr')].map((row) => ({ row, text: row.textContent.toLowerCase() }));
find.addEventListener('input', () => {
  const words = find.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const { row, text } of rows) row.hidden = !words.every((word) => text.includes(word));
  for (const group of document.querySelectorAll('.group')) group.hidden = !group.querySelector('tbody tr:not([hidden])');
  for (const section of document.querySelectorAll('section[id]')) section.hidden = words.length > 0 && !section.querySelector('.group:not([hidden])');
  document.getElementById('nothing').hidden = document.querySelector('tbody tr:not([hidden])') !== null;
});
`;
