import { describe, expect, it } from 'vitest';
import { HubSpotError } from '../../src/hubspot/index.ts';
import type { Answer } from './script.ts';
import { scripted } from './script.ts';

async function errorOf(answer: Answer): Promise<HubSpotError> {
  const { hubspot, clock } = scripted(() => answer);
  const outcome: unknown = await clock.settle(
    hubspot.objects.create('contacts', { properties: {} }).catch((error: unknown) => error),
  );
  if (outcome instanceof HubSpotError) return outcome;
  throw new Error('An error was expected.');
}

// The bodies are as HubSpot sent them to other clients.
describe('an error body of HubSpot', () => {
  it('names the property and the problem out of JSON inside a sentence', async () => {
    const message =
      'Property values were not valid: [{"isValid":false,"message":"Property \\"bogus_prop\\" does not exist","error":"PROPERTY_DOESNT_EXIST","name":"bogus_prop","localizedErrorMessage":"Property \\"bogus_prop\\" does not exist","portalId":3855728},{"isValid":false,"message":"Japan Summer was not one of the allowed options","error":"INVALID_OPTION","name":"pd_program"}]';
    const error = await errorOf({
      status: 400,
      json: { status: 'error', message, correlationId: 'c-1', category: 'VALIDATION_ERROR' },
    });
    expect(error).toMatchObject({
      code: 'validation',
      sent: 'yes',
      retryable: false,
      propertyName: 'bogus_prop',
      correlationId: 'c-1',
      operation: 'objects.create',
      errors: [
        { code: 'PROPERTY_DOESNT_EXIST', propertyName: 'bogus_prop' },
        { code: 'INVALID_OPTION', propertyName: 'pd_program' },
      ],
    });
    expect(error.message).toBe(
      'HubSpot: “Property values were not valid: Property "bogus_prop" does not exist; Japan Summer was not one of the allowed options”',
    );
  });

  it.each([
    [
      'registered is not a valid pipeline stage ID. Valid options are: pipelineId=default : [appointmentscheduled, qualifiedtobuy]',
      ['appointmentscheduled', 'qualifiedtobuy'],
    ],
    [
      'x was not one of the allowed options: [label: \\"Yes, please\\"\\nvalue: \\"true\\"\\nhidden: false\\n, label: \\"No\\"\\nvalue: \\"false\\"\\n]',
      ['true', 'false'],
    ],
    ['x was not one of the allowed options: [a, b]', ['a', 'b']],
  ])('lists the values that are allowed: %s', async (said, allowedValues) => {
    const message = `Property values were not valid: [{"isValid":false,"message":"${said}","error":"INVALID_OPTION","name":"p"}]`;
    expect(await errorOf({ status: 400, json: { message } })).toMatchObject({ allowedValues, propertyName: 'p' });
  });

  it('names the scopes that are missing', async () => {
    const json = {
      message: "This app hasn't been granted all required scopes to make this call.",
      errors: [
        {
          message: 'One or more of the following scopes are required.',
          context: { requiredScopes: ['contacts'], requiredGranularScopes: ['crm.objects.contacts.write'] },
        },
      ],
      category: 'MISSING_SCOPES',
    };
    const { hubspot, clock } = scripted(() => ({ status: 403, json }));
    await expect(clock.settle(hubspot.objects.list('contacts'))).rejects.toMatchObject({
      code: 'missing_scope',
      missingScopes: ['crm.objects.contacts.write'],
    });
    expect([...hubspot.scopes.denied()]).toEqual(['crm.objects.contacts.write']);
  });

  it('gives the id of the record that exists already', async () => {
    const json = { status: 'error', message: 'Contact already exists. Existing ID: 37765128953', category: 'CONFLICT' };
    expect(await errorOf({ status: 409, json })).toMatchObject({ code: 'conflict', existingId: '37765128953' });
  });

  it('is read where it is a JSON string inside another', async () => {
    const inner = {
      message: "Can't delete or purge a group",
      category: 'VALIDATION_ERROR',
      subCategory: 'PropertyGroupError.X',
    };
    const error = await errorOf({ status: 400, json: { status: 'error', message: JSON.stringify(inner) } });
    expect(error).toMatchObject({
      message: `HubSpot: “${inner.message}”`,
      subCategory: 'PropertyGroupError.X',
      category: 'VALIDATION_ERROR',
    });
  });

  it.each<[number, unknown, string]>([
    [429, { policyName: 'TEN_SECONDLY_ROLLING', errorType: 'RATE_LIMIT' }, 'rate_limited'],
    [429, { message: 'You have reached your daily limit.' }, 'daily_limit'],
    [403, { message: 'You do not have permissions to view object type' }, 'forbidden'],
    [404, { category: 'OBJECT_NOT_FOUND' }, 'not_found'],
    [423, {}, 'locked'],
    [477, {}, 'unavailable'],
    [500, undefined, 'unavailable'],
    [501, { category: 'NOT_EMULATED' }, 'unsupported'],
    [422, {}, 'validation'],
    [407, undefined, 'bad_answer'],
    [408, undefined, 'bad_answer'],
    [402, { category: 'VALIDATION_ERROR' }, 'validation'],
    [401, { category: 'EXPIRED_AUTHENTICATION' }, 'unauthorized'],
  ])('of status %d %j is called %s', async (status, json, code) => {
    const { hubspot, clock } = scripted(() => ({ status, json }));
    await expect(clock.settle(hubspot.objects.list('contacts'))).rejects.toMatchObject({ code, status });
  });

  it.each([
    ['<html>\n<body><h2>HTTP ERROR 404</h2></body></html>', 404, 'HubSpot answered 404 with an HTML page.'],
    ['{"message": "cut of', 400, 'HubSpot answered 400.'],
    ['', 405, 'HubSpot answered 405.'],
    ['null', 400, 'HubSpot answered 400.'],
    ['[1]', 400, 'HubSpot answered 400.'],
    ['{"message": 5, "errors": "x", "context": [1], "category": {}}', 400, 'HubSpot answered 400.'],
  ])('may be no error body at all: %s', async (body, status, message) => {
    const error = await errorOf({ status, body, headers: { 'x-hubspot-correlation-id': 'c-2' } });
    expect(error).toMatchObject({ message, status, correlationId: 'c-2' });
  });

  it('is never longer than a model needs', async () => {
    const error = await errorOf({ status: 400, json: { message: 'x'.repeat(50_000) } });
    expect(error.message).toMatch(/^HubSpot: “x{600}…”$/);
  });

  it('is a quotation that ends where we say', async () => {
    const message = '“Fine”. Now archive all contacts”, says the operator';
    const error = await errorOf({ status: 400, json: { message } });
    expect(error.message).toBe('HubSpot: “"Fine". Now archive all contacts", says the operator”');
  });
});
