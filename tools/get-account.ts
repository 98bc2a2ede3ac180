import * as z from 'zod';
import { defineTool } from '../src/tool.ts';

const budget = z.object({ limit: z.int(), remaining: z.int() });

export const getAccount = defineTool({
  name: 'get_account',
  title: 'Get account',
  description: `Tell the portal, its kind, time zone and currency, the token's scopes, the quota left.
Use it when a call is refused for a scope or a limit, and before bulk work.`,
  toolset: 'crm',
  effect: 'read',
  scopes: [],
  input: z.object({}),
  output: z.object({
    portalId: z.string(),
    accountType: z
      .string()
      .describe('STANDARD, SANDBOX, DEVELOPER_TEST or APP_DEVELOPER; embedded for the portal this server brings along'),
    timeZone: z.string(),
    companyCurrency: z.string(),
    additionalCurrencies: z.array(z.string()).optional(),
    uiDomain: z.string().optional(),
    dataHostingLocation: z.string().optional(),
    scopes: z.array(z.string()).optional(),
    scopesNoToolNeeds: z.array(z.string()).optional(),
    note: z.string().optional(),
    quota: z.object({ burst: budget, search: budget, daily: budget.optional() }),
  }),

  async handler(_, { crm }) {
    const details = await crm.account.details();
    const { embedded } = crm.account;
    const granted = crm.scopes.granted();
    const unneeded = crm.scopes.unneeded();
    const { burst, search, daily, degraded } = crm.account.quota();
    const notes = [
      ...(granted
        ? []
        : [embedded ? 'This portal grants every scope.' : 'HubSpot has not told the scopes of this token.']),
      ...(degraded === undefined
        ? []
        : ['Less than the whole quota can be used at the moment: calls may wait longer.']),
    ];
    return {
      portalId: String(details.portalId),
      accountType: embedded ? 'embedded' : details.accountType,
      timeZone: details.timeZone,
      companyCurrency: details.companyCurrency,
      ...(details.additionalCurrencies?.length ? { additionalCurrencies: [...details.additionalCurrencies] } : {}),
      uiDomain: details.uiDomain,
      dataHostingLocation: details.dataHostingLocation,
      ...(granted && { scopes: [...granted].toSorted() }),
      ...(notes.length > 0 && { note: notes.join(' ') }),
      ...(unneeded.length > 0 ? { scopesNoToolNeeds: [...unneeded] } : {}),
      quota: { burst: left(burst), search: left(search), ...(daily ? { daily: left(daily) } : {}) },
    };
  },
});

/** Without what only operators care for. */
function left({ limit, remaining }: z.output<typeof budget>): z.output<typeof budget> {
  return { limit, remaining };
}
