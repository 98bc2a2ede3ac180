/** Properties of this server's own, which a person lets `setup` make: without them nothing here needs or writes them. */

import type { CallOptions, HubSpot, PropertyInput } from '../hubspot/index.ts';
import type { Author } from '../journal/journal.ts';
import type { Change } from './change.ts';

/** Names each record that a create makes, so that one whose answer was lost is found again, and never made twice. */
export const WRITE_ID = 'mcp_write_id';

/** Says in the record itself who wrote last through this server. */
export const LAST_WRITE = 'mcp_last_write';

/** The group is the object type's business. */
export const ownProperties: readonly Omit<PropertyInput, 'groupName'>[] = [
  {
    name: WRITE_ID,
    label: 'MCP write id',
    description: 'Set by hubspot-crm-mcp on records it creates, so that a retry never creates one twice.',
    type: 'string',
    fieldType: 'text',
    hasUniqueValue: true,
    formField: false,
  },
  {
    name: LAST_WRITE,
    label: 'Last MCP write',
    description: 'The tool, caller, run and time of the last write through hubspot-crm-mcp.',
    type: 'string',
    fieldType: 'text',
    formField: false,
  },
];

/** One row of one call, as far as its record is to tell of it. */
export interface Origin {
  readonly callId: string;
  readonly index: number;
  /** When the call began, in milliseconds since the epoch. */
  readonly at: number;
  readonly tool: string;
  readonly author: Author;
  /** Whether records are to say who wrote them. */
  readonly attribution: boolean;
}

/** The change with the values of those of the properties that its object type has. */
export async function withOwnValues(
  hubspot: HubSpot,
  change: Change,
  origin: Origin,
  options: CallOptions,
): Promise<Change> {
  if (!('properties' in change) || (change.kind !== 'create' && !origin.attribution)) return change;
  const defined = await hubspot.properties.list(change.objectType.id, {}, options);
  const has = (name: string) => defined.some((property) => property.name === name && property.archived !== true);
  const isUnique = defined.some(({ name, hasUniqueValue }) => name === WRITE_ID && hasUniqueValue === true);
  return {
    ...change,
    properties: {
      ...change.properties,
      ...(change.kind === 'create' && isUnique && { [WRITE_ID]: `${origin.callId}.${origin.index}` }),
      ...(origin.attribution && has(LAST_WRITE) && { [LAST_WRITE]: attribution(origin) }),
    },
  };
}

/** Such as `update_records claude-code 2026-11-22T10:15:00Z`. */
function attribution({ tool, author: { caller, run }, at }: Origin): string {
  const time = `${new Date(at).toISOString().slice(0, 19)}Z`;
  return [tool, caller, ...(run === undefined ? [] : [run]), time].join(' ');
}
