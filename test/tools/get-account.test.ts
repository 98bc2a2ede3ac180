import { describe, expect, it } from 'vitest';
import { connect } from '../harness.ts';

describe('get_account', () => {
  it('tells portal, kind, time zone, currency and what is left of the quota', async () => {
    const crm = await connect();
    const { data } = await crm.call('get_account');
    expect(data).toMatchObject({
      portalId: String(crm.portal.describe().portalId),
      accountType: 'embedded',
      timeZone: expect.stringMatching(/^[A-Z]\w+\/\w+/),
      companyCurrency: expect.stringMatching(/^[A-Z]{3}$/),
      quota: { burst: { limit: expect.any(Number), remaining: expect.any(Number) } },
    });
    await crm.close();
  });

  it('names the scopes the token has, and those that no tool needs', async () => {
    const scopes = ['crm.objects.contacts.read', 'tickets', 'crm.objects.owners.read', 'automation'];
    const crm = await connect({ scopes });
    await crm.client.listTools();
    const { data } = await crm.call('get_account');
    expect(data['scopes']).toEqual(scopes.toSorted());
    expect(data['scopesNoToolNeeds']).toEqual(['automation']);
    expect(data['accountType']).toBe(crm.portal.describe().accountType);
    await crm.close();
  });

  it('is the answer to a call that lacks its scope: refused before any request, with the scope', async () => {
    const crm = await connect({ scopes: ['crm.objects.contacts.read'] });
    await crm.client.listTools();
    const before = crm.requests.length;
    const { error } = await crm.call('search_records', { objectType: 'deals' });
    expect(error).toMatchObject({ code: 'missing_scope', missingScopes: ['crm.objects.deals.read'] });
    expect(crm.requests).toHaveLength(before);
    await crm.close();
  });
});
