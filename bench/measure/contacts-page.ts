import { exactly, type Figure } from '../sample.ts';
import { OURS, THEIRS } from '../servers.ts';
import type { Sessions } from '../session.ts';
import { tokensOf } from '../tokens.ts';

/** What a model reads when it asks for 100 contacts with four properties each. */
export async function measureContactsPage({ ours, theirs }: Sessions): Promise<Figure[]> {
  const tokens = tokensOf((await ours.mustCall(OURS.calls.contactsPage())).text);
  const theirTokens = tokensOf((await theirs.mustCall(THEIRS.calls.contactsPage())).text);
  return [
    {
      measure: 'a page of 100 contacts, 4 properties',
      unit: 'tokens',
      ours: exactly(tokens),
      theirs: exactly(theirTokens),
      reach: { text: '≤ 2,700 and ≤ 1/6', reached: tokens <= 2_700 && tokens <= theirTokens / 6 },
    },
  ];
}
