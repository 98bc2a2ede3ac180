/** What made-up people and firms are called. Names of several countries, so that no set of rules for one of them wins. */

/** Full name, and what it is shortened to. */
export const GIVEN: readonly (readonly string[])[] = [
  'William Bill Will Billy',
  'Robert Bob Rob Bobby',
  'Elizabeth Liz Beth Lisa',
  'Katherine Kate Kathy Katie',
  'Alexander Alex Sasha',
  'Margaret Maggie Peggy',
  'Michael Mike Mick',
  'Richard Dick Rick Rich',
  'James Jim Jamie',
  'Jennifer Jen Jenny',
  'Christopher Chris',
  'Susan Sue Susie',
  'Thomas Tom',
  'Daniel Dan Danny',
  'Rebecca Becky',
  'Samuel Sam',
  'Joseph Joe',
  'Patricia Pat Trish',
  'Andrew Andy Drew',
  'Nicholas Nick',
  'Theodore Ted Theo',
  'Francesca Fran',
  'Maximilian Max',
  'Johannes Hannes',
  'Guadalupe Lupe',
  'Francisco Paco',
  'Ana',
  'Björn',
  'Chloé',
  'Dmitri',
  'Emre',
  'Fatima',
  'Giulia',
  'Hiroshi',
  'Ingrid',
  'Jörg',
  'Kwame',
  'Léa',
  'Mei',
  'Nadia',
  'Olga',
  'Pilar',
  'Quentin',
  'Ravi',
  'Søren',
  'Tamara',
  'Uma',
  'Vikram',
  'Wanda',
  'Xavier',
  'Yusuf',
  'Zofia',
  'Aisha',
  'Bruno',
  'Carmen',
  'Diego',
  'Elena',
  'Felix',
  'Greta',
  'Hugo',
  'Irene',
  'Jasper',
  'Karin',
  'Lorenzo',
  'Marta',
  'Noah',
  'Oskar',
  'Petra',
  'Rosa',
  'Stefan',
  'Teresa',
  'Ursula',
  'Viktor',
  'Wei',
  'Yara',
  'Anton',
  'Beatriz',
  'Cédric',
  'Darya',
  'Erik',
].map((line) => line.split(' '));

/** Surnames are one of each: a few are common and most are rare. */
export const SURNAME_STEMS = (
  'Ash Brad Clay Dal East Farn Green Har Ing Ken Lang Mor Nor Oak Pren Rad Stan Thorn Under Wal Win Hoff Schön Klein Berg Stein Lind ' +
  'Ander Peter Johan Niel Sand Kowal Nowak Wisni Lewan Petr Ivan Soko Volk Garc Mart Fern Ramir Ort Sant Ferr Ross Bian Conti Moret ' +
  'Tana Yama Saka Ito Oka Mur Oye Ade Nwo Chuk Ban Chat Muk Gup Kapo Yild Kaya Demir Nguy Tran'
).split(' ');
export const SURNAME_ENDS = (
  'ton ford well ley man son worth wood field er mann berger meier bach sen sson strand ski czyk wicz ov enko in ez es ado ini etti ari ' +
  'moto kawa shima ere wole kwu erjee adhyay oglu en'
).split(' ');

export const CITY_STEMS =
  'Spring River Oak Lake Fair Green Mill Stone Nord West Neu Alten Villa Porto Saint-Mar Novo Kings Queen Ash Clear'.split(
    ' ',
  );
export const CITY_ENDS = 'field ton ville burg dale haven port stadt brück grad mouth ford wood bury'.split(' ');

export const FIRM_STEMS = (
  'Arc Blue Cedar Delta Ever Fox Gran Hel Iris Jade Kes Lumen Mar Nova Orb Pine Quan Rho Silver Terra Ultra Vec Wend Xen Yar Zen Alder ' +
  'Brim Coral Dune Ember Flint Glen Hawk Ivory Juni Kite Lark Moss North Onyx Pearl Quill Rowan Slate Tide'
).split(' ');
export const FIRM_MIDDLES =
  'tec bridge stone light works point field gate ware lane mark path forge craft line wave'.split(' ');
export const FIRM_TRADES =
  'Logistics|Systems|Foods|Health|Energy|Partners|Software|Textiles|Consulting|Media||||'.split('|');
/** As the same firm is written in different records. */
export const LEGAL_FORMS: readonly (readonly string[])[] = [
  ['Inc', 'Inc.', 'Incorporated', ''],
  ['Ltd', 'Limited', 'Ltd.', ''],
  ['GmbH', 'Gmbh', ''],
  ['LLC', 'L.L.C.', ''],
  ['S.A.', 'SA', ''],
  ['AB', ''],
];

export const JOBS =
  'Buyer|Head of Sales|CFO|Engineer|Office Manager|Owner|Marketing Manager|Analyst|Director|Consultant|Account Executive'.split(
    '|',
  );
export const FREE_MAIL = ['gmail.com', 'outlook.com', 'yahoo.com', 'gmx.de', 'icloud.com', 'web.de'];
