import { expect, it } from 'vitest';
import { countryCode, countryName } from '../../../src/enrich/normal/country.ts';

it.each([
  ['DE', ['de', 'Germany', 'Deutschland', 'ALLEMAGNE', ' Niemcy ', 'ドイツ']],
  ['US', ['USA', 'U.S.', 'U.S.A.', 'United States', 'the United States of America', 'Vereinigte Staaten']],
  ['GB', ['UK', 'United Kingdom', 'Great Britain', 'England']],
  ['NL', ['Holland', 'The Netherlands', 'Nederland', 'Pays-Bas']],
  ['CH', ['Schweiz', 'Suisse', 'Svizzera', 'switzerland']],
  ['CI', ["Côte d'Ivoire", 'Ivory Coast']],
  ['KR', ['South Korea', 'Korea, Republic of', '대한민국']],
  ['', ['', 'Europe', 'EU', 'Atlantis', 'ZZ', 'n/a']],
])('%s is a country by each of %j', (code, names) => {
  expect(names.map(countryCode)).toEqual(names.map(() => code));
});

it('A code has its English name', () => {
  expect(['DE', 'US', 'GB', 'ZZ', 'xx', ''].map(countryName)).toEqual([
    'Germany',
    'United States',
    'United Kingdom',
    '',
    '',
    '',
  ]);
});
