import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { allScopes } from '../../src/portal/scopes.ts';
import { connect } from '../harness.ts';

const lists = z.object({ scopes: z.array(z.string()), scopesNoToolNeeds: z.array(z.string()) });

function unfolded(scope: string): readonly string[] {
  const [, types] = /\{(.*)\}/.exec(scope) ?? [];
  return types === undefined ? [scope] : types.split(',').map((type) => scope.replace(/\{.*\}/, type));
}

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

  it('names each scope of the token once: those that tools need, and apart those that none needs', async () => {
    const needed = ['crm.objects.contacts.read', 'crm.objects.owners.read', 'tickets'];
    const crm = await connect({ scopes: [...needed, 'crm.objects.contacts.sensitive.read.v2', 'automation'] });
    await crm.client.listTools();
    const { data } = await crm.call('get_account');
    expect(data['scopes']).toEqual(['crm.objects.{contacts,owners}.read', 'tickets']);
    expect(data['scopesNoToolNeeds']).toEqual(['automation', 'crm.objects.contacts.sensitive.read.v2']);
    expect(data['accountType']).toBe(crm.portal.describe().accountType);
    await crm.close();
  });

  it('loses no scope of a token that has them all, in fewer words than their names are', async () => {
    const crm = await connect({ scopes: [...allScopes] });
    await crm.client.listTools();
    const { data, text } = await crm.call('get_account');
    const { scopes, scopesNoToolNeeds } = lists.parse(data);
    expect([...scopes, ...scopesNoToolNeeds].flatMap(unfolded).toSorted()).toEqual([...allScopes].toSorted());
    expect(data).not.toHaveProperty('untrusted');
    expect(text.length).toBeLessThan([...allScopes].join(' ').length * 0.6);
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
