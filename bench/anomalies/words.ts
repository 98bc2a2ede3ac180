/** What the records of the generated portal are made of. */

export const firstNames =
  'Anna Ben Clara David Emma Felix Greta Hannes Ida Jonas Karla Leon Marie Nils Olga Paul Rosa Simon Tilda Ulrich Vera Werner Xenia Yannick Zoe Astrid Bruno Carla Dieter Elena'.split(
    ' ',
  );
export const lastNames =
  'Albers Becker Clausen Dietrich Engel Fischer Graf Hoffmann Ivers Jansen Keller Lorenz Maurer Neumann Otten Peters Richter Schubert Thomsen Unger Vogel Wagner Ziegler Arndt Brandt Conrad Dorn Ebert Franke Gerber'.split(
    ' ',
  );
export const places = 'Berlin Hamburg Leipzig Dresden Bremen Hannover Stuttgart Dortmund Essen Bonn'.split(' ');
export const trades = 'Maschinenbau Handel Software Klinik Hochbau'.split(' ');
export const industries = ['MACHINERY', 'RETAIL', 'COMPUTER_SOFTWARE', 'HEALTH_CARE', 'CONSTRUCTION'];
export const heads = [120, 40, 60, 250, 80];
export const jobs = 'Einkauf,Leitung IT,Geschäftsleitung,Vertrieb,Produktion,Marketing'.split(',');
export const products = 'Wartung Schulung Lizenz Einrichtung Beratung Erweiterung'.split(' ');
export const reasons = ['Price too high', 'Chose a competitor', 'No budget this year', 'Project was stopped'];
export const questions = [
  'Login does not work',
  'Invoice shows the wrong address',
  'Export stops half way',
  'How do I add a user',
  'Report is empty since Monday',
  'Printer does not answer',
];

export const letters = (n: number): string =>
  (n >= 26 ? letters(Math.floor(n / 26) - 1) : '') + String.fromCharCode(97 + (n % 26));
/** Pronounceable, and no two alike. */
export function word(n: number): string {
  const consonants = 'bdfgklmnprstvz';
  const vowels = 'aeiou';
  let text = '';
  let rest = n * 7919 + 13;
  for (let syllable = 0; syllable < 4; syllable++) {
    text += (consonants[rest % 14] ?? 'b') + (vowels[Math.floor(rest / 14) % 5] ?? 'a');
    rest = Math.floor(rest / 70) + (syllable === 0 ? n : 0);
  }
  return text + letters(n % 17576);
}
