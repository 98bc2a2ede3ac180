/** Words in names of persons that are not names, folded. */

/** Before a name: no part of it. One that is a name too (`Dean`, `Major`, `Earl`) is not here. */
export const titles: ReadonlySet<string> = new Set(
  `mr mister mrs ms miss mx dr drs doctor prof professor rev reverend sir madam madame mme mlle mademoiselle monsieur
  messrs mgr msgr hon honorable honourable rt pres president prasident praesident presidente vicepresident senator
  congressman congresswoman ambassador minister governor judge captain cpt colonel lieutenant ltc sgt sergeant cmdr
  commander admiral pvt cpl herr frau fraulein dipl univ priv doz diplom magister ddr senor senora senorita sra srta srs
  signor signora signorina dott dottor dottore dottoressa dottssa avv onorevole mevr mevrouw dhr meneer inz mudr judr
  rouva froken gospodin gospozha gospodja sayin hazret sheikh shaikh shaykh sheik haji hajji mullah maulvi mawlawi
  maulana ayatollah imam qari shri smt kumari pandit swami datuk datin dato khun lady lord dame baroness`.match(/\S+/g),
);

/** Those that are no name even where they stand alone. */
export const salutations: ReadonlySet<string> = new Set('mr mrs ms dr drs prof mme mlle herr frau sra srta'.split(' '));

/** The same, but names too: titles only with a point behind (`Gen. Lee`). */
export const pointedTitles: ReadonlySet<string> = new Set(
  `fr sr sen gen col lt capt maj adm gov amb hr mag ing arch sig doc ir pan sri`.match(/\S+/g),
);

/** What a doctor is of, behind the title: no title by itself, and `Phil` is a name. */
export const faculties: ReadonlySet<string> = new Set(
  'med rer nat phil jur iur hc pol habil dent vet ing oec theol'.split(' '),
);

/** After a name: degrees, orders, licences. Single words without points. */
export const degrees: ReadonlySet<string> = new Set(
  `phd dphil md dds dmd dvm jd esq esquire llb llm mba msc bsc bba mph msw rn rph np cpa cfa cfp cma
  pmp pharmd psyd edd dba obe mbe cbe kbe frcs facs fca aca acca cpcu chfc clu shrm phr sphr ceo cfo cto coo cmo
  vp svp evp ret retd mdphd dipling drmed lcsw lmft ccim gri`.match(/\S+/g),
);

/** Which of a line of equal names, to a number: a father and his son are two. */
export const generations: ReadonlyMap<string, number> = new Map([
  ['sr', 1],
  ['senior', 1],
  ['jr', 2],
  ['jnr', 2],
  ['junior', 2],
  ['ii', 2],
  ['2nd', 2],
  ['iii', 3],
  ['3rd', 3],
  ['iv', 4],
  ['4th', 4],
]);

/** Small words in front of family names. They are written, joined and left out at will. */
export const particles: ReadonlySet<string> = new Set(
  `de del della dello dei degli di da do dos das du des d l la le les lo las los van von vom vor zu zum zur der den dem ten
  ter te tot op het t y e i af av al el ul ur as ash ad bin ben ibn bint binti binte bte abu abou umm um
  ould ap o st saint san santa sao sant na nic ni ua`.match(/\S+/g),
);
