/** Short ways to write words of organisations' names to the words, folded. Written from common knowledge. */
const lines = `
  international intl int internat | national natl | association assoc assn asso | associates assocs | university univ
  | institute inst | department dept dpt | government govt | manufacturing mfg manuf | manufacturer mfr | services svcs
  | service svc serv | management mgmt mgt | center ctr cntr centre | hospital hosp | brothers bros | technology tec
  | technologies techs | engineering engr engrg | development devel dev | industries inds | industrial indl
  | laboratories labs | laboratory lab | distribution distr | distributors distribs | insurance ins | financial fin
  | transportation transp | construction constr | community comm cmty | foundation fdn fndn | federation fed
  | society soc | education educ | elementary elem | school sch schl | church ch | saint st | mount mt | north no
  | american amer | european eur | organisation organization org | labour labor | programme program | colour color
  | defence defense | systems sys | electric elec | electronics electr | equipment equip | products prods | company coy
  | communications comms | publishing publ | restaurant rest | county cty cnty | district dist | group grp`;

export const organisationAbbreviations: ReadonlyMap<string, string> = new Map(
  lines.split('|').flatMap((line) => {
    const [word = '', ...short] = line.match(/\S+/g) ?? [];
    return short.map((each): [string, string] => [each, word]);
  }),
);
