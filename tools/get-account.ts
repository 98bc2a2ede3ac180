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
    scopes: z
      .array(z.string())
      .optional()
      .describe('of the token, that enabled tools need; crm.objects.{companies,contacts}.read stands for two'),
    scopesNoToolNeeds: z.array(z.string()).optional().describe('its others, written alike'),
    note: z.string().optional(),
    quota: z.object({ burst: budget, search: budget, daily: budget.optional() }),
  }),

  async handler(_, { crm }) {
    const details = await crm.account.details();
    const { embedded } = crm.account;
    const granted = crm.scopes.granted();
    const unneeded = new Set(crm.scopes.unneeded());
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
      ...(granted && { scopes: folded([...granted].filter((scope) => !unneeded.has(scope))) }),
      ...(notes.length > 0 && { note: notes.join(' ') }),
      ...(unneeded.size > 0 ? { scopesNoToolNeeds: folded([...unneeded]) } : {}),
      quota: { burst: left(burst), search: left(search), ...(daily ? { daily: left(daily) } : {}) },
    };
  },
});

/** Without what only operators care for. */
function left({ limit, remaining }: z.output<typeof budget>): z.output<typeof budget> {
  return { limit, remaining };
}

/** Scopes that differ only by their object type in one: a token that has everything has some two hundred. */
function folded(scopes: readonly string[]): string[] {
  const types = new Map<string, string[]>();
  for (const scope of scopes.toSorted()) {
    const [, area, type = '', access] = /^(crm\.\w+\.)([\w-]+)(\..+)$/.exec(scope) ?? [];
    const pattern = area === undefined || access === undefined ? scope : `${area}{}${access}`;
    types.set(pattern, [...(types.get(pattern) ?? []), type]);
  }
  return [...types].map(([pattern, of]) => pattern.replace('{}', of.length === 1 ? of.join('') : `{${of.join(',')}}`));
}
