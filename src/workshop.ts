/** What calls need that is loaded late and lives as long as the process: put together here, bound to each call. */

import type { ToolboxParts } from './call.ts';
import type { CallOptions, HubSpot } from './hubspot/index.ts';
import type { Author } from './journal/journal.ts';
import type { KnownScopes } from './scopes.ts';
import type { ToolContext } from './tool.ts';

export interface Workshop {
  readonly scopes: KnownScopes;
  /** @param author who the call's writes are put down to */
  forCall(options: CallOptions, author: Author): Pick<ToolContext, 'crm' | 'writes'>;
}

export async function openWorkshop({ account, catalogue, clock, scopes }: ToolboxParts): Promise<Workshop> {
  const [client, { createCrm }, { createWriteDoor }] = await Promise.all([
    account.hubspot(),
    import('./crm/index.ts'),
    import('./writes/index.ts'),
  ]);
  const hubspot = withConfigured(client, scopes);
  const door = createWriteDoor({ hubspot, clock });
  const toolScopes = catalogue.enabled.flatMap(({ scopes: needed }) => needed);
  return {
    scopes: hubspot.scopes,
    forCall: (options, _author) => ({
      crm: createCrm({ hubspot, clock, call: options, toolScopes, embedded: account.embedded }),
      writes: door.forCall(options),
    }),
  };
}

/** The client, taking the operator's word for the token's scopes where HubSpot says nothing. */
export function withConfigured(hubspot: HubSpot, configured: readonly string[] | undefined): HubSpot {
  if (configured === undefined) return hubspot;
  const said = new Set(configured);
  return { ...hubspot, scopes: { ...hubspot.scopes, granted: () => hubspot.scopes.granted() ?? said } };
}
