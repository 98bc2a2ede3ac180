import * as z from 'zod';
import type { PortalProcess } from '../portal.ts';
import { exactly, type Figure } from '../sample.ts';
import { OURS, THEIRS } from '../servers.ts';
import type { Sessions } from '../session.ts';
import { tokensOf } from '../tokens.ts';

const propertyList = z.object({ results: z.array(z.object({ hidden: z.boolean().optional() })) });

const ENOUGH = 350;
const BATCH = 100;
const THINGS = ['onboarding', 'renewal', 'billing', 'newsletter', 'webinar', 'support', 'training', 'partner', 'trial'];
const FACTS = [
  'status',
  'owner team',
  'last date',
  'score',
  'source',
  'comment',
  'count',
  'language',
  'region',
  'tier',
];

/** What a model reads when it asks which properties contacts have, in a portal that has grown to 350 of them. */
export async function measureProperties({ ours, theirs }: Sessions, count: number): Promise<Figure[]> {
  const tokens = tokensOf((await ours.mustCall(OURS.calls.contactProperties())).text);
  return [
    {
      measure: `a dictionary of ${count} contact properties`,
      unit: 'tokens',
      ours: exactly(tokens),
      theirs: exactly(tokensOf((await theirs.mustCall(THEIRS.calls.contactProperties())).text)),
      reach: { text: '≤ 5,000', reached: tokens <= 5_000 },
    },
  ];
}

/** Gives contacts {@link ENOUGH} visible properties, as a portal of some years has; the number it then has. */
export async function growProperties(portal: PortalProcess): Promise<number> {
  const { results } = await portal.api(propertyList, 'GET', '/crm/v3/properties/contacts');
  const present = results.filter(({ hidden }) => hidden !== true).length;
  const inputs = Array.from({ length: Math.max(0, ENOUGH - present) }, (_, index) => {
    const thing = THINGS[index % THINGS.length] ?? '';
    const fact = FACTS[Math.floor(index / THINGS.length) % FACTS.length] ?? '';
    const label = `${thing} ${fact} ${Math.floor(index / (THINGS.length * FACTS.length)) + 1}`;
    return {
      name: label.replaceAll(' ', '_'),
      label: label.charAt(0).toUpperCase() + label.slice(1),
      description: `The ${fact} that the team last noted for ${thing}.`,
      groupName: 'contactinformation',
      type: 'string',
      fieldType: 'text',
    };
  });
  for (let from = 0; from < inputs.length; from += BATCH) {
    await portal.api(z.unknown(), 'POST', '/crm/v3/properties/contacts/batch/create', {
      inputs: inputs.slice(from, from + BATCH),
    });
  }
  return present + inputs.length;
}
