import { exactly, type Figure } from '../sample.ts';
import type { Sessions } from '../session.ts';
import { asModelSees, tokensOf } from '../tokens.ts';

/** What the tools cost a model before it has called one. */
export function measureDefinitions({ ours, theirs }: Sessions): Figure[] {
  const tokens = tokensOf(asModelSees(ours.tools));
  return [
    {
      measure: 'definitions of the default tools',
      unit: 'tokens',
      ours: exactly(tokens),
      theirs: exactly(tokensOf(asModelSees(theirs.tools))),
      reach: { text: '≤ 4,500', reached: tokens <= 4_500 },
    },
    {
      measure: 'default tools',
      unit: 'tools',
      ours: exactly(ours.tools.length),
      theirs: exactly(theirs.tools.length),
    },
  ];
}
