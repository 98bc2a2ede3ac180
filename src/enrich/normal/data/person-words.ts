/** Words in names of persons that are not names, folded. */

/** Before a name: no part of it. One that is a name too (`Dean`, `Major`, `Earl`) is not here. */
export const titles: ReadonlySet<string> = new Set(
  `mr mister mrs ms miss mx dr drs doctor prof professor rev reverend fr sir madam madame mme mlle mademoiselle
  monsieur messrs mgr msgr hon honorable honourable rt pres president prasident praesident presidente vicepresident
  senator sen congressman congresswoman ambassador amb minister governor gov judge justice capt captain cpt col colonel
  gen general lt lieutenant ltc sgt sergeant maj cmdr commander adm admiral pvt cpl
  herr frau hr fraulein dipl ing diplom magister mag ddr univ priv doz
  senor senora senorita sra srta srs dona sig signor signora signorina dott dottor dottore dottoressa dottssa
  avv arch onorevole mevr mevrouw dhr meneer ir pan pani panna inz doc mudr judr
  herra rouva fru froken gospodin gospozha gospodja bay bayan sayin hazret sheikh shaikh shaykh sheik haji hajji
  mullah maulvi mawlawi maulana ustad ayatollah imam qari shri sri smt kumari pandit swami datuk datin tuan puan
  dato khun nai lady lord dame baron `.match(/\S+/g),
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

/** Notes that people put into name fields, in brackets or behind a dash. */
export const nameNotes: RegExp =
  /\b(?:old|new|do not (?:use|call|contact|email|mail)|dont (?:use|call)|dnc|dnu|duplicate|dup|dupe|deleted?|inactive|left(?: the)?(?: company)?|no longer(?: with .*| there| here)?|former(?:ly)?|retired|deceased|rip|test|wrong(?: number| email)?|see other(?: record)?|main|primary|backup|temp|archived?|merged?|copy|ex)\b/;
