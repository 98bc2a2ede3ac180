import { type Crm, type ObjectType, UserError } from '../../crm/index.ts';
import type { DuplicateScan, Reading } from '../../quality/types.ts';
import type { Audited } from '../../report/index.ts';
import type { ToolContext } from '../../tool.ts';
import { understood } from '../understood.ts';
import type { Workbench } from '../workbench.ts';

/** What is no fault of a portal's, and leaves a type out of the comparison. */
const NOT_COMPARED = new Set(['no_key', 'not_possible', 'property_masked']);

/** Every check and every comparison of these object types. */
export async function lookAtAll(
  said: readonly string[] | undefined,
  { account, work }: Pick<Workbench, 'account' | 'work'>,
  progress: ToolContext['progress'],
  signal: AbortSignal,
): Promise<Audited> {
  const { crm, quality } = work('read', progress, signal);
  const details = await crm.account.details();
  const { kind } = await account.describe();
  const notes: string[] = [];
  const types = await typesOf(said, crm, () => quality.usualTypes(), notes);
  const scans = new Map<string, DuplicateScan>();
  for (const type of types) {
    const scan = await comparedOrNoted(() => quality.duplicates(type), type, notes);
    if (scan === undefined) continue;
    scans.set(type.name, scan);
    notes.push(...scan.notes.map((note) => `${type.plural}: ${note}`));
  }
  const run = done(await quality.anomalies({ objectTypes: types.map(({ name }) => name) }));
  return {
    account: {
      portalId: details.portalId,
      kind,
      currency: details.companyCurrency,
      timeZone: details.timeZone,
      // Nothing shows the records of the portal in here.
      ...(!account.embedded && details.uiDomain !== undefined && HOST.test(details.uiDomain)
        ? { records: `https://${details.uiDomain}/contacts/${details.portalId}/record/{objectTypeId}/{id}` }
        : {}),
    },
    types: types.map(({ name, id, plural }) => ({ name, id, label: plural })),
    run,
    scans,
    notes: [...notes, ...run.notes],
  };
}

const HOST = /^[\w.-]+$/;

async function typesOf(
  said: readonly string[] | undefined,
  crm: Crm,
  usual: () => Promise<readonly string[]>,
  notes: string[],
): Promise<readonly ObjectType[]> {
  if (said !== undefined) {
    const types = await understood(() => Promise.all(said.map((name) => crm.objectTypes.resolve(name))));
    for (const { scopes } of types) crm.scopes.require(scopes.read);
    return types;
  }
  const types: ObjectType[] = [];
  for (const name of await understood(usual)) {
    const type = await allowedOrNoted(async () => {
      const found = await crm.objectTypes.resolve(name);
      crm.scopes.require(found.scopes.read);
      return found;
    }, notes);
    if (type !== undefined) types.push(type);
  }
  return types;
}

/** Of a usual type the token, or the policy, may know nothing. */
async function allowedOrNoted<T>(look: () => Promise<T>, notes: string[]): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    notes.push(error.message);
    return undefined;
  }
}

async function comparedOrNoted(
  scan: () => Promise<Reading<DuplicateScan>>,
  { plural }: ObjectType,
  notes: string[],
): Promise<DuplicateScan | undefined> {
  try {
    return done(await scan());
  } catch (error) {
    if (!(error instanceof UserError && NOT_COMPARED.has(error.code))) throw error;
    notes.push(`${plural} were not compared: ${error.message}`);
    return undefined;
  }
}

function done<T>(reading: Reading<T>): T {
  if (reading.state === 'done') return reading.result;
  throw new RangeError('A call without a deadline ended before it was done.');
}
