import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wholeFailure } from '../../src/hubspot/index.ts';
import type { Answer, Asked } from './script.ts';
import { broken, record, scripted } from './script.ts';

const inputsOf = ({ body }: Asked) => body.inputs;

const inputs = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ properties: { number: String(index) } }));

/** Creates what it is given, unless a row is bad: then all of it is refused, as HubSpot does without trace ids. */
function allOrNothing(isBad: (number: number) => boolean) {
  const created: number[] = [];
  const script = (asked: Asked): Answer => {
    const numbers = inputsOf(asked).map(({ properties }) => Number(properties.number));
    const bad = numbers.find(isBad);
    if (bad !== undefined)
      return { status: 400, json: { category: 'VALIDATION_ERROR', message: `number ${bad} is bad` } };
    created.push(...numbers);
    return { json: { results: numbers.map((number) => record(String(number + 1), { number: String(number) })) } };
  };
  return { created, script };
}

describe('a batch', () => {
  it('never lets a bad row cost the others, within the promised number of requests', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 330 }),
        fc.array(fc.nat(329), { maxLength: 9 }),
        async (count, indices) => {
          const bad = new Set(indices.filter((index) => index < count));
          const { created, script } = allOrNothing((number) => bad.has(number));
          const { hubspot, clock, asked } = scripted(script);
          const rows = await clock.settle(hubspot.objects.batchCreate('contacts', inputs(count)));

          const told = rows.map((row) => (row.outcome === 'applied' ? row.value.properties.number : row.error.message));
          expect(told).toEqual(
            inputs(count).map((_, index) => (bad.has(index) ? `HubSpot: “number ${index} is bad”` : `${index}`)),
          );
          const good = rows.filter(({ outcome }) => outcome === 'applied').map(({ index }) => index);
          expect(created.toSorted((a, b) => a - b)).toEqual(good);
          expect(asked.length).toBeLessThanOrEqual(Math.ceil(count / 100) + 2 * bad.size * Math.log2(100));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('does not ask for each of a hundred rows that are refused for a reason they all share', async () => {
    const { script } = allOrNothing((number) => number < 250);
    const { hubspot, clock, asked } = scripted(script);
    const rows = await clock.settle(hubspot.objects.batchCreate('contacts', inputs(300)));
    expect(asked.length).toBeLessThan(75);
    expect(rows.filter(({ outcome }) => outcome === 'applied').map(({ index }) => index)).toEqual(
      inputs(50).map((_, index) => 250 + index),
    );
    expect(rows[15]).toMatchObject({ outcome: 'rejected', error: { message: 'HubSpot: “number 15 is bad”' } });
    const message = expect.stringMatching(/^Refused together .* not tried alone .*: HubSpot: “number \d+ is bad”$/);
    expect(rows[99]).toMatchObject({ outcome: 'rejected', error: { code: 'validation', sent: 'yes', message } });
  });

  it('rejects every row that sets an unknown property with two requests', async () => {
    const message =
      'Property values were not valid: [{"isValid":false,"message":"Property \\"x\\" does not exist","error":"PROPERTY_DOESNT_EXIST","name":"x"}]';
    const { hubspot, clock, asked } = scripted((call) =>
      inputsOf(call).some(({ properties }) => 'x' in properties)
        ? { status: 400, json: { category: 'VALIDATION_ERROR', message } }
        : {
            json: { results: inputsOf(call).map(({ objectWriteTraceId }) => ({ ...record('1'), objectWriteTraceId })) },
          },
    );
    const mixed = inputs(100).map((input, index) => (index % 3 ? input : { properties: { x: '1' } }));
    const rows = await clock.settle(hubspot.objects.batchCreate('contacts', mixed));
    expect(asked).toHaveLength(2);
    expect(rows.filter(({ outcome }) => outcome === 'rejected').map(({ index }) => index)).toEqual(
      mixed.flatMap((_, index) => (index % 3 ? [] : [index])),
    );
  });

  it('keeps the failed rows of a 207 and of a 200, by their trace ids', async () => {
    for (const status of [200, 207]) {
      const { hubspot, clock } = scripted((asked) => {
        const [first, second, third] = inputsOf(asked);
        const context = { objectWriteTraceId: [second?.objectWriteTraceId] };
        return {
          status,
          json: {
            status: 'COMPLETE',
            results: [
              { ...record('13'), objectWriteTraceId: third?.objectWriteTraceId },
              { ...record('11'), objectWriteTraceId: first?.objectWriteTraceId },
            ],
            numErrors: 1,
            errors: [
              { status: 'error', category: 'CONFLICT', message: 'Contact already exists. Existing ID: 12', context },
            ],
          },
        };
      });
      const rows = await clock.settle(hubspot.objects.batchCreate('contacts', inputs(3)));
      expect(rows).toMatchObject([
        { outcome: 'applied', value: { id: '11' } },
        { outcome: 'rejected', error: { code: 'conflict', existingId: '12' } },
        { outcome: 'applied', value: { id: '13' } },
      ]);
    }
  });

  it('calls a row unknown that an answer does not mention', async () => {
    const { hubspot, clock } = scripted((asked) => {
      const [first] = inputsOf(asked);
      return { json: { results: [{ ...record('1'), objectWriteTraceId: first?.objectWriteTraceId }] } };
    });
    const rows = await clock.settle(hubspot.objects.batchCreate('contacts', inputs(2)));
    expect(rows).toMatchObject([{ outcome: 'applied' }, { outcome: 'unknown', error: { code: 'bad_answer' } }]);
  });

  it('calls a row unknown whose record is not one, and keeps the others', async () => {
    const { hubspot, clock } = scripted((asked) => {
      const results = inputsOf(asked).map(({ objectWriteTraceId }) =>
        objectWriteTraceId === 'row-1' ? { id: '2', objectWriteTraceId } : { ...record('1'), objectWriteTraceId },
      );
      return { json: { results } };
    });
    const rows = await clock.settle(hubspot.objects.batchCreate('contacts', inputs(150)));
    expect(rows[1]).toMatchObject({ outcome: 'unknown', error: { code: 'bad_answer', sent: 'maybe' } });
    expect(rows.filter(({ outcome }) => outcome === 'applied')).toHaveLength(149);
  });

  it('is halved on 413 down to one row, which is named', async () => {
    const { hubspot, clock } = scripted((asked) => {
      const numbers = inputsOf(asked).map(({ properties }) => Number(properties.number));
      if (numbers.length > 30 || numbers.includes(5)) return { status: 413, body: '<html>Too large</html>' };
      return { json: { results: numbers.map((number) => record(String(number + 1))) } };
    });
    const rows = await clock.settle(hubspot.objects.batchCreate('contacts', inputs(100)));
    const failed = rows.filter(({ outcome }) => outcome !== 'applied');
    expect(failed).toMatchObject([{ index: 5, outcome: 'rejected', error: { code: 'too_large', status: 413 } }]);
  });

  it('is split by size before HubSpot has to refuse it', async () => {
    const { hubspot, clock, asked } = scripted((call) => ({
      json: { results: inputsOf(call).map(({ objectWriteTraceId }) => ({ ...record('1'), objectWriteTraceId })) },
    }));
    const large = Array.from({ length: 100 }, () => ({ properties: { body: 'x'.repeat(60_000) } }));
    const rows = await clock.settle(hubspot.objects.batchCreate('notes', large));
    expect(rows.every(({ outcome }) => outcome === 'applied')).toBe(true);
    expect(asked.length).toBeGreaterThan(1);
    for (const { body } of asked) expect(JSON.stringify(body).length).toBeLessThan(2_100_000);
  });

  it('stops where a create is in doubt, and says which rows were not sent', async () => {
    const { hubspot, clock, asked } = scripted((call, count) => {
      if (count === 2) return { status: 502 };
      return { json: { results: inputsOf(call).map((_, index) => record(String(index))) } };
    });
    const rows = await clock.settle(hubspot.objects.batchCreate('contacts', inputs(300)));
    expect(asked).toHaveLength(2);
    expect([rows[0]?.outcome, rows[150]?.outcome, rows[250]?.outcome]).toEqual(['applied', 'unknown', 'not_sent']);
  });

  it('goes on with the next rows after a row was rejected', async () => {
    const { script } = allOrNothing((number) => number === 7);
    const { hubspot, clock } = scripted(script);
    const rows = await clock.settle(hubspot.objects.batchCreate('contacts', inputs(150)));
    expect(rows.filter(({ outcome }) => outcome === 'applied')).toHaveLength(149);
  });

  it('fails as a whole, and says so, when the token may not do it', async () => {
    const { hubspot, clock, asked } = scripted(() => ({
      status: 403,
      json: { category: 'MISSING_SCOPES', message: 'no' },
    }));
    const rows = await clock.settle(hubspot.objects.batchCreate('contacts', inputs(150)));
    expect(asked).toHaveLength(1);
    expect(wholeFailure(rows)).toMatchObject({ code: 'missing_scope' });
  });

  it('is not divided when the question itself is refused', async () => {
    const { hubspot, clock, asked } = scripted(() => ({
      status: 400,
      json: { category: 'VALIDATION_ERROR', message: 'Unable to infer object type from: foos' },
    }));
    await clock.settle(hubspot.objects.batchCreate('foos', inputs(100)));
    await clock.settle(hubspot.objects.batchRead('foos', ['1', '2']));
    expect(asked).toHaveLength(2);
  });

  it('is not divided when a proxy refuses it', async () => {
    const { hubspot, clock, asked } = scripted(() => ({ status: 407, body: '<html>Sign in</html>' }));
    const rows = await clock.settle(hubspot.objects.batchCreate('contacts', inputs(150)));
    expect(asked).toHaveLength(1);
    expect([rows[0]?.outcome, rows[149]?.outcome]).toEqual(['rejected', 'not_sent']);
  });

  it('sends an update with trace ids and joins it by id where HubSpot does not echo them', async () => {
    const { hubspot, clock, asked } = scripted((call) => ({
      json: {
        results: inputsOf(call)
          .map(({ id, properties }) => record(id, properties))
          .toReversed(),
      },
    }));
    const updates = ['5', '6', '7'].map((id) => ({ id, properties: { note: `of ${id}` } }));
    const rows = await clock.settle(hubspot.objects.batchUpdate('contacts', updates));
    expect(rows).toMatchObject(
      updates.map(({ id, properties }) => ({ outcome: 'applied', value: { id, properties } })),
    );
    expect(asked.flatMap(inputsOf).every(({ objectWriteTraceId }) => objectWriteTraceId)).toBe(true);
  });

  it('joins an upsert by the unique value, whatever its case, and says which records are new', async () => {
    const { hubspot, clock } = scripted((call) => ({
      json: {
        results: inputsOf(call).map(({ id }) => ({
          ...record(`9${id.length}`, { email: id.toLowerCase() }),
          new: true,
        })),
      },
    }));
    const upserts = ['Ada@A.test', 'b@b.test'].map((id) => ({ id, idProperty: 'email', properties: {} }));
    const rows = await clock.settle(hubspot.objects.batchUpsert('contacts', upserts));
    expect(rows).toMatchObject([{ value: { id: '910', new: true } }, { value: { id: '98' } }]);
  });

  it('sends only the rows whose ids are ids', async () => {
    const { hubspot, clock, asked } = scripted(() => ({ status: 204 }));
    const rows = await clock.settle(hubspot.objects.batchArchive('contacts', ['1', '../2', '3']));
    expect(asked.map(({ body }) => body)).toEqual([{ inputs: [{ id: '1' }, { id: '3' }] }]);
    expect(rows).toMatchObject([
      { outcome: 'applied' },
      { outcome: 'not_sent', error: { code: 'invalid_argument' } },
      { outcome: 'applied' },
    ]);
  });

  it('sends nothing for no rows', async () => {
    const { hubspot, asked } = scripted(() => ({}));
    expect(await hubspot.objects.batchCreate('contacts', [])).toEqual([]);
    expect(asked).toHaveLength(0);
  });
});

describe('a batch read', () => {
  it('says of every id what became of it, also when one is asked for twice', async () => {
    const { hubspot, clock, asked } = scripted(() => ({
      status: 207,
      json: {
        results: [record('1'), record('3')],
        errors: [{ category: 'OBJECT_NOT_FOUND', message: 'Could not get some contacts', context: { ids: ['2'] } }],
      },
    }));
    const rows = await clock.settle(hubspot.objects.batchRead('contacts', ['1', '2', '3', '1', '4']));
    expect(rows.map(({ outcome }) => outcome)).toEqual(['applied', 'rejected', 'applied', 'applied', 'rejected']);
    expect(rows[4]).toMatchObject({ error: { code: 'not_found', message: 'No contacts record with id "4".' } });
    expect(asked.map((call) => inputsOf(call).length)).toEqual([4]);
  });

  it('gives the record that another was merged into', async () => {
    const { hubspot, clock } = scripted(() => ({ json: { results: [record('1'), record('9'), record('3')] } }));
    const rows = await clock.settle(hubspot.objects.batchRead('contacts', ['1', '2', '3']));
    expect(rows).toMatchObject([{ value: { id: '1' } }, { value: { id: '9' } }, { value: { id: '3' } }]);
  });

  it('finds a contact by any of its addresses', async () => {
    const contact = record('1', { email: 'new@a.test', hs_additional_emails: 'old@a.test;older@a.test' });
    const { hubspot, clock } = scripted(() => ({ json: { results: [contact] } }));
    const rows = await clock.settle(
      hubspot.objects.batchRead('contacts', ['OLDER@a.test', 'none@a.test'], { idProperty: 'email' }),
    );
    expect(rows).toMatchObject([{ outcome: 'applied', value: { id: '1' } }, { outcome: 'rejected' }]);
  });

  it('calls rows unknown that it could not read, and keeps the others', async () => {
    const ids = Array.from({ length: 150 }, (_, index) => String(index + 1));
    const { hubspot, clock } = scripted((asked) => {
      if (inputsOf(asked).length === 50) throw broken(false);
      return { json: { results: inputsOf(asked).map(({ id }) => record(id)) } };
    });
    const rows = await clock.settle(hubspot.objects.batchRead('contacts', ids));
    expect(rows.filter(({ outcome }) => outcome === 'applied')).toHaveLength(100);
    expect(rows[149]).toMatchObject({ outcome: 'unknown', error: { code: 'network', retryable: true } });
  });
});

describe('associations', () => {
  const types = [{ category: 'HUBSPOT_DEFINED', typeId: 279, label: null }];

  it('are read for many records at once, page after page, and none is no failure', async () => {
    const { hubspot, clock, asked } = scripted((call) => {
      const results = inputsOf(call).flatMap(({ id, ...rest }) => {
        if (id === '2' || id === '3') return [];
        const after = rest.after !== undefined;
        const to = [{ toObjectId: after ? 9007199254740993n.toString() : 50, associationTypes: types }];
        return [{ from: { id }, to, ...(after ? {} : { paging: { next: { after: '1' } } }) }];
      });
      const context = { fromObjectId: ['3'] };
      const error = { category: 'OBJECT_NOT_FOUND', subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND', context };
      return { status: 207, json: { results, errors: inputsOf(call).some(({ id }) => id === '3') ? [error] : [] } };
    });
    const rows = await clock.settle(hubspot.associations.batchRead('contacts', 'companies', ['1', '2', '3']));
    expect(rows).toMatchObject([
      { outcome: 'applied', value: { to: [{ toObjectId: '50', types }, { toObjectId: '9007199254740993' }] } },
      { outcome: 'applied', value: { to: [] } },
      { outcome: 'applied', value: { to: [] } },
    ]);
    expect(asked.map((call) => inputsOf(call).length)).toEqual([3, 1]);
  });

  it('never round an id that HubSpot sends as a number', async () => {
    const body = '{"results":[{"toObjectId":9007199254740993,"associationTypes":[]}]}';
    const { hubspot, clock } = scripted(() => ({ body }));
    const { to } = await clock.settle(hubspot.associations.list('contacts', '1', 'companies'));
    expect(to).toEqual([{ toObjectId: '9007199254740993', types: [] }]);
  });

  it('are written by pairs, and a pair that HubSpot refuses is named', async () => {
    const { hubspot, clock } = scripted(() => ({
      status: 207,
      json: {
        results: [{ fromObjectId: '1', toObjectId: '10', labels: [] }],
        errors: [{ category: 'OBJECT_NOT_FOUND', message: 'no such company', context: { toObjectId: ['11'] } }],
      },
    }));
    const pairs = [
      { from: '1', to: '10' },
      { from: '1', to: '11' },
    ];
    const rows = await clock.settle(hubspot.associations.associateDefault('contacts', 'companies', pairs));
    expect(rows).toMatchObject([
      { outcome: 'applied', value: pairs[0] },
      { outcome: 'rejected', error: { code: 'not_found' } },
    ]);
  });

  it('are removed in batches of 100', async () => {
    const { hubspot, clock, asked } = scripted(() => ({ status: 204 }));
    const pairs = Array.from({ length: 150 }, (_, index) => ({ from: String(index), to: '1' }));
    const rows = await clock.settle(hubspot.associations.remove('contacts', 'companies', pairs));
    expect(rows.every(({ outcome }) => outcome === 'applied')).toBe(true);
    expect(asked.map((call) => inputsOf(call).length)).toEqual([100, 50]);
  });
});
