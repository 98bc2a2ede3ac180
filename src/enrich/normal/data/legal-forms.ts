/** Legal forms of organisations by the form that they are one with, folded, without points. Written from common knowledge. */
const forms: Readonly<Record<string, string>> = {
  stock: `
    inc | incorporated | corp | corporation | plc | public limited company | ag | aktiengesellschaft | akg | sa |
    societe anonyme | sociedad anonima | sociedade anonima | spa | societa per azioni | nv |
    naamloze vennootschap | ab | aktiebolag | publ | as | aksjeselskap | asa | oy | oyj | osakeyhtio | aps |
    anpartsselskab | ae | anonim sirketi | akcine bendrove | spolka akcyjna | akciova spolecnost | dd | ad |
    aktieselskab | kk | kabushiki kaisha | kabushikigaisha | tbk | bhd | berhad | jsc | ojsc | oao | ao | pao |
    zao | cjsc | pjsc | joint stock company | na | national association | open joint stock company |
    closed joint stock company | public joint stock company | aktsionernoe obshchestvo |
    otkrytoe aktsionernoe obshchestvo | zakrytoe aktsionernoe obshchestvo | publichnoe aktsionernoe obshchestvo |
    aktsionerne tovarystvo | prat | pat | saoc | qsc | se | societas europaea | sab | sab de cv | sa de cv |
    sociedad anonima de capital variable | nyrt | zrt | rt | hf | ehf`,
  limited: `
    ltd | limited | ltda | limitada | llc | limited liability company | limited liability co | lc | lcc | pllc |
    gmbh | ges mbh | mbh | gesmbh | ggmbh | gesellschaft mit beschrankter haftung |
    gesellschaft mit beschraenkter haftung | ug | ug haftungsbeschrankt | haftungsbeschrankt | sarl |
    societe a responsabilite limitee | sas | sasu | eurl | srl | srls | societa a responsabilita limitata |
    societatea cu raspundere limitata | sl | slu | sociedad limitada | sociedad de responsabilidad limitada |
    s de rl de cv | lda | bv | besloten vennootschap | bvba | bedrijf | sro | spol s ro | spol sro |
    spolecnost s rucenim omezenym | doo | ooo | obshchestvo s ogranichennoy otvetstvennostyu | tov | tzov |
    tovarystvo z obmezhenoyu vidpovidalnistyu | too | ood | eood | sp zoo | sp z oo | spzoo |
    spolka z ograniczona odpowiedzialnoscia | kft | uab | sia | ou | osauhing | epe | limited sti | ltd sti |
    pte | pte ltd | private limited | pvt | pvt ltd | pty | pty ltd | proprietary | sdn | sdn bhd | pt | pt tbk |
    co ltd | gk | godo kaisha | yk | yugen kaisha | wll | fzc | fze | fzco | fz llc | est | unlimited | ultd |
    dac | clg | cic`,
  partners: `
    llp | lp | lllp | gp | limited partnership | limited liability partnership | general partnership | kg |
    kommanditgesellschaft | gmbh co kg | gmbh and co kg | ag co kg | ohg | gbr | partg | partg mbb | snc | sca |
    scs | sc | cv | vof | maatschap | hb | kb | ks | ans | da | sp j | sp k | ky | ay | komanditni spolecnost`,
  single: `
    ek | eu | ei | eirl | eingetragener kaufmann | ip | enskild firma | enk | zzp | sole proprietorship |
    autonomo`,
  union: `
    ev | ggug | eg | eingetragener verein | gemeinnutzige | asbl | vzw | aisbl | ong | ngo | npo | sce | coop |
    cooperative | anpo | ano`,
};

/** Every way to write a legal form, as folded words, to its class. Two classes are two companies more often than not. */
export const legalForms: ReadonlyMap<string, string> = new Map(
  Object.entries(forms).flatMap(([kind, ways]) => ways.split('|').map((way): [string, string] => [way.trim(), kind])),
);

/** Short forms that stand before the name (`OOO Acme`), or in it, and are no other word. The rest of them only end a name. */
export const leadingForms: ReadonlySet<string> = new Set(
  `ooo oao zao pao ao jsc ojsc cjsc pjsc tov too prat pat pt ab uab sia ou sarl srl ano ong asbl`.match(/\S+/g),
);
export const plainForms: ReadonlySet<string> = new Set(
  `gmbh ggmbh llc ltd inc plc llp corp ltda gesmbh pllc sarl sasu eurl ojsc cjsc pjsc bvba`.match(/\S+/g),
);

/** Words that say little of which organisation it is, folded, to how much they count beside a word of its own (1). */
export const weakWords: ReadonlyMap<string, number> = new Map([
  // What is left of a form that was not written in full
  ...weighing(
    0.2,
    [...legalForms.keys()]
      .filter((form) => form.includes(' '))
      .join(' ')
      .match(/[a-z]{4,}/g)
      ?.join(' ') ?? '',
  ),
  ...weighing(
    0.05,
    `dba fka aka the a an and of for & und et y e i de der die das del la le les di da do dos du des van von in at on`,
  ),
  ...weighing(0.15, `company co cie compagnie compania companhia compagnia firma firm enterprise enterprises`),
  ...weighing(
    0.3,
    `group gruppe groupe grupo gruppo grupa holding holdings international intl internacional internationale global
    worldwide world`,
  ),
  ...weighing(
    0.55,
    `services service solutions systems technologies technology tech industries industry trading trade consulting
    consultants partners associates management capital investment investments ventures ventures media digital products
    development engineering construction bank finance financial insurance foundation trust fund institute association
    organization organisation society center centre school university college hospital clinic church restaurant cafe
    hotel store shop market agency studio studios labs lab energy power oil gas logistics transport shipping
    marketing realty properties property real estate design software security health care medical pharma foods food`,
  ),
]);

function weighing(weight: number, words: string): [string, number][] {
  return (words.match(/\S+/g) ?? []).map((word) => [word, weight]);
}
