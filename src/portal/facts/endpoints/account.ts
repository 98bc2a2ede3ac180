/** An account, its users, and what may enter it. Source: HubSpot's published endpoint inventory, compared 2026-11-22. */
export const accountEndpoints: Readonly<Record<string, string>> = {
  'Account information': `
    /account-info/api-usage/daily/private-apps GET
    /account-info/details GET
    /account-info/activity/login GET
    /account-info/activity/audit-logs GET
    /account-info/api-usage/daily GET
    /account-info/activity/security GET
  `,
  OAuth: `
    /oauth/access-tokens/{token} GET
    /oauth/refresh-tokens/{token} GET DELETE
    /oauth/token POST
    /oauth/token/introspect POST
    /oauth/token/revoke POST
  `,
  'Business units': `
    /business-units/business-units/user/{userId} GET
    /business-units/public/business-units/user/{userId} GET
  `,
  Currencies: `
    /settings/currencies/central-fx-rates/add-currency POST
    /settings/currencies/central-fx-rates/information GET
    /settings/currencies/central-fx-rates/unsupported-currencies GET
    /settings/currencies/codes GET
    /settings/currencies/company-currency GET PUT
    /settings/currencies/exchange-rates GET POST
    /settings/currencies/exchange-rates/batch/create POST
    /settings/currencies/exchange-rates/batch/read POST
    /settings/currencies/exchange-rates/batch/update POST
    /settings/currencies/exchange-rates/current GET
    /settings/currencies/exchange-rates/update-visibility POST
    /settings/currencies/exchange-rates/{exchangeRateId} GET PATCH
  `,
  'Tax rates': `
    /tax-rates/tax-rates GET
    /tax-rates/tax-rates/{taxRateGroupId} GET
  `,
  Teams: `
    /settings/teams GET POST
    /settings/teams/{teamId} GET PATCH DELETE
    /settings/teams/{teamId}/members GET POST
    /settings/teams/{teamId}/members/batch POST
    /settings/teams/{teamId}/members/{userId} DELETE
  `,
  Users: `
    /settings/users GET POST
    /settings/users/roles GET
    /settings/users/teams GET
    /settings/users/{userId} GET PUT DELETE
    /settings/users/seats GET
  `,
  'Network origins': `
    /meta/network-origins/ip-ranges GET
    /meta/network-origins/ip-ranges/simple GET
    /meta/network-origins/ip-ranges/webhook-subscriptions/{appId} GET POST
    /meta/network-origins/ip-ranges/webhook-subscriptions/{appId}/{subscriptionId} DELETE
    /meta/network-origins/ip-ranges/webhook-subscriptions/{appId}/{subscriptionId}/test POST
  `,
};
