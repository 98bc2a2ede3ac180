import { describe, expect, test } from 'vitest';
import { signature, signatureV3 } from '../../../src/portal/webhooks/signature.ts';

describe('Signatures are those of HubSpot’s own examples', () => {
  const clientSecret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
  const body =
    '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';

  test('v1', () => {
    expect(signature('v1', { clientSecret, method: 'POST', uri: 'https://www.example.com', body })).toBe(
      '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de',
    );
  });

  test('v2', () => {
    const uri = 'https://www.example.com/webhook_uri';
    expect(signature('v2', { clientSecret, method: 'GET', uri, body: '' })).toBe(
      'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e',
    );
  });

  test('v3', () => {
    const uri = 'https://www.example.com/webhook_uri';
    expect(signatureV3({ clientSecret, method: 'POST', uri, body }, 1_564_113_600_000)).toBe(
      'DxmVAjFNa2xfF3YgQjdZP6TNcok9k1oaH7UXombPtvw=',
    );
    const published = {
      clientSecret: 'cfc68c0b-4b4e-4ef8-b764-95350e4ea479',
      method: 'POST',
      uri: 'https://webhook.site/335453f5-94b3-49d9-b684-a55354d4b8df',
      body: '[{"eventId":531833541,"subscriptionId":3923621,"portalId":48807704,"appId":16111050,"occurredAt":1752613920733,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":138017612137,"changeFlag":"CREATED","changeSource":"CRM_UI","sourceId":"userId:76023669"}]',
    };
    expect(signatureV3(published, 1_752_613_922_216)).toBe('gbj1XPRvUt0noT7i7fXfTzOD4sLzQmf0VT28ZYq0EYg=');
  });
});
