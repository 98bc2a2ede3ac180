import type { Crm } from '../crm/index.ts';
import type { Rules } from '../enrich/anomalies/types.ts';

const STANDARD = ['contacts', 'companies', 'deals', 'tickets'] as const;

/**
 * Names of the object types that are looked at where nobody names any: the usual ones, and those that the operator's rules
 * speak of.
 * @throws UserError `unknown_object_type` for one of the rules that the portal does not have
 */
export async function usualTypes(
  { keys = {}, naming = [] }: Pick<Rules, 'keys' | 'naming'> = {},
  { objectTypes }: Pick<Crm, 'objectTypes'>,
): Promise<readonly string[]> {
  const said = [...Object.keys(keys), ...naming.map(({ objectType }) => objectType)];
  const named = await Promise.all(said.map((name) => objectTypes.resolve(name)));
  return [...new Set([...STANDARD, ...named.map(({ name }) => name)])];
}
