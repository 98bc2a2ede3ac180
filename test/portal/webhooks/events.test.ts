import { describe, expect, test } from 'vitest';
import { demoApp } from '../../../src/portal/oauth/app.ts';
import { credentials, redirectUri } from '../install.ts';
import { create, spec } from '../records.ts';
import { at, type Talk } from '../talk.ts';
import { inbox, started } from './inbox.ts';

/** What the app is sent when a user installs it. */
async function codeOf(talk: Talk): Promise<string> {
  const scope = 'crm.objects.contacts.read crm.objects.contacts.write crm.objects.companies.write';
  const query = new URLSearchParams({ client_id: demoApp.clientId, redirect_uri: redirectUri, scope });
  const { headers } = await talk('GET', `/oauth/authorize?${query.toString()}`);
  return new URL(headers['location'] ?? '').searchParams.get('code') ?? '';
}

describe('Events tell of real writes', () => {
  test('of a changed property, with its new value, and of no other property', async () => {
    const box = inbox();
    const { clock, talk } = await started(box, { eventType: 'contact.propertyChange', propertyName: 'firstname' });
    const id = await create(talk, 'contacts', { email: 'ada@example.com' });
    await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { firstname: 'Ada', lastname: 'Lovelace' } });
    await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { firstname: 'Ada' } });
    await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { firstname: '' } });
    await clock.advance(1000);
    expect(box.events()).toEqual(
      ['Ada', ''].map((propertyValue) => ({
        eventId: expect.any(Number),
        subscriptionId: expect.any(Number),
        portalId: 48213907,
        appId: demoApp.appId,
        occurredAt: Date.UTC(2026, 10, 22),
        subscriptionType: 'contact.propertyChange',
        attemptNumber: 0,
        objectId: Number(id),
        propertyName: 'firstname',
        propertyValue,
        changeSource: 'INTEGRATION',
        sourceId: expect.any(String),
      })),
    );
  });

  test('of a record that is archived', async () => {
    const box = inbox();
    const { clock, talk } = await started(box, { eventType: 'company.deletion' });
    const id = await create(talk, 'companies', { name: 'Acme' });
    await talk('DELETE', `/crm/v3/objects/companies/${id}`);
    await clock.advance(1000);
    expect(box.events()).toMatchObject([
      { subscriptionType: 'company.deletion', objectId: Number(id), changeFlag: 'DELETED' },
    ]);
  });

  test('of what an app does without setting values, with the app as their source', async () => {
    const box = inbox();
    const { clock, talk } = await started(
      box,
      { eventType: 'company.deletion' },
      { eventType: 'contact.merge' },
      { eventType: 'contact.associationChange' },
    );
    const form = { grant_type: 'authorization_code', code: await codeOf(talk), ...credentials() };
    const granted = await talk.portal.fetch({
      method: 'POST',
      url: 'http://127.0.0.1/oauth/v1/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    });
    const token: string = JSON.parse(String(granted.body)).access_token;
    const company = await create(talk, 'companies', { name: 'Acme' });
    const ada = await create(talk, 'contacts', { email: 'ada@example.com' });
    const other = await create(talk, 'contacts', { email: 'countess@example.com' });
    const pair = `/crm/v4/objects/contacts/${ada}/associations/default/companies/${company}`;
    expect((await talk('PUT', pair, undefined, token)).status).toBe(200);
    const merge = { primaryObjectId: ada, objectIdToMerge: other };
    expect((await talk('POST', '/crm/v3/objects/contacts/merge', merge, token)).status).toBe(200);
    expect((await talk('DELETE', `/crm/v3/objects/companies/${company}`, undefined, token)).status).toBe(204);
    await clock.advance(1000);
    const events = box.events();
    expect(new Set(events.map(({ subscriptionType }) => subscriptionType))).toEqual(
      new Set(['contact.associationChange', 'contact.merge', 'company.deletion']),
    );
    for (const event of events) {
      expect(event).toMatchObject({ changeSource: 'INTEGRATION', sourceId: String(demoApp.appId) });
    }
  });

  test('of a contact that is deleted for good', async () => {
    const box = inbox();
    const { clock, talk } = await started(
      box,
      { eventType: 'contact.privacyDeletion' },
      { eventType: 'contact.deletion' },
    );
    const id = await create(talk, 'contacts', { email: 'ada@example.com' });
    const deleted = await talk('POST', '/crm/v3/objects/contacts/gdpr-delete', { objectId: id });
    expect(deleted.status).toBe(204);
    await clock.advance(1000);
    expect(box.events()).toMatchObject([{ subscriptionType: 'contact.privacyDeletion', objectId: Number(id) }]);
  });

  test('of sensitive values only that they changed', async () => {
    const box = inbox();
    const { clock, talk } = await started(box, {
      eventType: 'object.propertyChange',
      objectTypeId: '0-1',
      propertyName: 'diagnosis',
    });
    const property = await talk('POST', '/crm/v3/properties/contacts', {
      name: 'diagnosis',
      label: 'Diagnosis',
      type: 'string',
      fieldType: 'text',
      groupName: 'contactinformation',
      dataSensitivity: 'sensitive',
    });
    expect(property.status).toBe(201);
    await create(talk, 'contacts', { email: 'ada@example.com', diagnosis: 'genius' });
    await clock.advance(1000);
    expect(box.events()).toMatchObject([{ propertyName: 'diagnosis', propertyValue: 'REDACTED', isSensitive: true }]);
  });

  test('of calculated values, with CALCULATED as their source', async () => {
    const box = inbox();
    const { clock, talk } = await started(box, { eventType: 'deal.propertyChange', propertyName: 'hs_is_closed_won' });
    const id = await create(talk, 'deals', { dealname: 'Big', dealstage: 'qualifiedtobuy', pipeline: 'default' });
    await talk('PATCH', `/crm/v3/objects/deals/${id}`, { properties: { dealstage: 'closedwon' } });
    await clock.advance(1000);
    expect(box.events().at(-1)).toMatchObject({
      propertyName: 'hs_is_closed_won',
      propertyValue: 'true',
      changeSource: 'CALCULATED',
    });
  });

  test('of two contacts that become one', async () => {
    const box = inbox();
    const { clock, talk } = await started(box, { eventType: 'contact.merge' });
    const primary = await create(talk, 'contacts', { email: 'ada@example.com' });
    const other = await create(talk, 'contacts', { email: 'countess@example.com', phone: '1' });
    const merged = await talk('POST', '/crm/v3/objects/contacts/merge', {
      primaryObjectId: primary,
      objectIdToMerge: other,
    });
    expect(merged.status).toBe(200);
    await clock.advance(1000);
    expect(box.events()).toMatchObject([
      {
        subscriptionType: 'contact.merge',
        primaryObjectId: Number(primary),
        mergedObjectIds: expect.arrayContaining([Number(other)]),
        newObjectId: Number(at(merged.body, 'id')),
        numberOfPropertiesMoved: expect.any(Number),
      },
    ]);
  });

  test('of an association, from each side that is subscribed to, and of its end', async () => {
    const box = inbox();
    const { clock, talk } = await started(
      box,
      { eventType: 'contact.associationChange' },
      { eventType: 'object.associationChange', objectTypeId: '0-3' },
    );
    const contact = await create(talk, 'contacts', { email: 'ada@example.com' });
    const deal = await create(talk, 'deals', { dealname: 'Big', dealstage: 'qualifiedtobuy', pipeline: 'default' });
    await talk('PUT', `/crm/v4/objects/contacts/${contact}/associations/deals/${deal}`, [spec(4)]);
    await talk('DELETE', `/crm/v4/objects/contacts/${contact}/associations/deals/${deal}`);
    await clock.advance(1000);
    const sides = [
      {
        subscriptionType: 'contact.associationChange',
        associationType: 'CONTACT_TO_DEAL',
        fromObjectId: Number(contact),
        toObjectId: Number(deal),
        isPrimaryAssociation: false,
      },
      {
        subscriptionType: 'object.associationChange',
        objectTypeId: '0-3',
        fromObjectTypeId: '0-3',
        toObjectTypeId: '0-1',
        associationTypeId: 3,
        associationCategory: 'HUBSPOT_DEFINED',
        fromObjectId: Number(deal),
        toObjectId: Number(contact),
      },
    ];
    for (const associationRemoved of [false, true]) {
      const some = box.events().filter((event) => event['associationRemoved'] === associationRemoved);
      expect(some).toHaveLength(2);
      expect(some).toEqual(expect.arrayContaining(sides.map((side) => expect.objectContaining(side))));
    }
  });

  test('of objects without events of their own, and nothing of a write that was refused', async () => {
    const box = inbox();
    const { clock, talk } = await started(box, { eventType: 'object.creation', objectTypeId: '0-46' });
    expect((await talk('POST', '/crm/v3/objects/notes', { properties: { nonsense: 'x' } })).status).toBe(400);
    const id = await create(talk, 'notes', { hs_timestamp: '2026-11-22T00:00:00Z', hs_note_body: 'Hello' });
    await clock.advance(1000);
    expect(box.events()).toMatchObject([
      { subscriptionType: 'object.creation', objectTypeId: '0-46', objectId: Number(id), changeFlag: 'CREATED' },
    ]);
  });
});
