import { type Crm, UserError } from '../crm/index.ts';
import type { Rules } from '../enrich/anomalies/types.ts';

const STANDARD = ['contacts', 'companies', 'deals', 'tickets'] as const;

/**
 * Names of the object types that are looked at where nobody names any: the usual ones, and those that the operator's rules
 * speak of.
 * @throws UserError `invalid_rules` for one of the rules that the portal does not have
 */
export async function usualTypes(
  { keys = {}, naming = [] }: Pick<Rules, 'keys' | 'naming'> = {},
  { objectTypes }: Pick<Crm, 'objectTypes'>,
): Promise<readonly string[]> {
  const said = [...Object.keys(keys), ...naming.map(({ objectType }) => objectType)];
  const named = await Promise.all(said.map((name) => inRules(() => objectTypes.resolve(name))));
  return [...new Set([...STANDARD, ...named.map(({ name }) => name)])];
}

/** Whoever called has named no such type: it is the operator's to put right. */
async function inRules<T>(resolving: () => Promise<T>): Promise<T> {
  try {
    return await resolving();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      'invalid_rules',
      `The rules for data quality speak of a type that is not here. ${error.message}`,
      {
        ...error.details,
        next: 'Name objectTypes to go on without it, or ask the person who runs this server to put --quality-rules right.',
      },
    );
  }
}
