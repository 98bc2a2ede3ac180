/** Names that a text itself gives away: where somebody is greeted, introduces themselves or signs, and in addresses. */

const words = (list: string) => list.replaceAll(/\n +/g, '').replaceAll(' ', '[ ]').replaceAll(';', '|');

/** What stands before a name; the name begins with a capital, which is looked at afterwards. */
const BEFORE = new RegExp(
  `(?<!\\p{L})(?:${words(`dear;hello;hi;hey;hallo;lieber;liebe;guten tag;bonjour;cher;chère;hola;estimado;estimada;querida;
    querido;ciao;buongiorno;gentile;caro;cara;olá;ola;prezado;prezada;beste;geachte;mr;mrs;ms;miss;dr;prof;sir;herr;
    herrn;frau;monsieur;madame;mme;m;señor;señora;sr;sra;signor;signora;sig;dhr;mevrouw;name is;this is;i am;
    speaking with;spoke to;spoke with;talked to;mein name ist;ich bin;ich heiße;hier ist;hier spricht;m'appelle;je suis;mon nom est;
    me llamo;nombre es;soy;mi chiamo;sono;nome é;mijn naam is;ik ben;name;contact`)})[.:]?[ ]((?:[\\p{L}\\p{M}'’.-]{1,30}[ ]?){1,5})`,
  'giu',
);
const BEHIND = /((?:[\p{L}\p{M}'’.-]{1,30}[ ]){1,4})(?:here|speaking|writing)(?!\p{L})/giu;
const ADDRESS = /([\p{L}\p{N}._%+'’-]{1,64})[ ]?(?:@|[([{][ ]?at[ ]?[)\]}])[ ]?([\p{L}\p{N}-]{1,63})/giu;
/** A line that ends a letter: what stands behind it, and on the next lines, is who wrote it. */
const END = new RegExp(
  `^[ ]?(?:${words(`kind regards;best regards;warm regards;regards;best wishes;sincerely;yours;cheers;best;thanks;many thanks;thank you;
    mit freundlichen grüßen;mit freundlichen grüssen;mit besten grüßen;freundliche grüße;viele grüße;liebe grüße;beste grüße;
    herzliche grüße;grüße;gruß;danke;mfg;lg;vg;cordialement;bien cordialement;bien à vous;merci;un saludo;saludos;
    saludos cordiales;atentamente;gracias;cordiali saluti;distinti saluti;saluti;grazie;atenciosamente;cumprimentos;obrigado;
    obrigada;met vriendelijke groet;met vriendelijke groeten;groet;groeten;--;—`)})(?![\\p{L}\\p{M}])`,
  'iu',
);
const LINES_BEHIND = 4;
/** A longer line is a sentence. */
const MOST_WORDS = 4;

export function namesInText(text: string): readonly string[] {
  const found = [
    ...[...text.matchAll(BEFORE)].map(([, said = '']) => leading(said.split(' '))),
    ...[...text.matchAll(BEHIND)].map(([, said = '']) => leading(said.trim().split(' ').toReversed())),
    ...[...text.matchAll(ADDRESS)].map(([, local = '', host = '']) =>
      `${local} ${host}`.replaceAll(/[^\p{L}\p{M}]+/gu, ' '),
    ),
  ];
  const lines = text.split('\n');
  for (const [at, line] of lines.entries()) {
    const end = END.exec(line)?.[0];
    if (end === undefined || !isShort(line.slice(end.length))) continue;
    found.push(...[line.slice(end.length), ...lines.slice(at + 1, at + 1 + LINES_BEHIND)].filter(isShort));
  }
  return found;
}

/** As far as they are written with capitals. */
function leading(said: readonly string[]): string {
  const end = said.findIndex((word) => !/^\p{Lu}/u.test(word));
  return said.slice(0, end < 0 ? said.length : end).join(' ');
}

function isShort(line: string): boolean {
  return line.trim().split(/[ ]+/).length <= MOST_WORDS;
}
