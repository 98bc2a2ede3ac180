import { describe, expect, it } from 'vitest';
import type { Answer, Asked } from './script.ts';
import { broken, scripted } from './script.ts';

const property = (name: string) => ({ name, label: name, type: 'string', fieldType: 'text', groupName: 'g' });
const list = (asked: Asked): Answer => ({
  json: { results: [property(asked.path.split('/').at(-1) ?? '')] },
  afterMs: 100,
});

describe('definitions', () => {
  it('are asked for once by everybody who needs them at the same time', async () => {
    const { hubspot, clock, asked } = scripted(list);
    const calls = Array.from({ length: 5 }, () => hubspot.properties.list('contacts'));
    await clock.settle(Promise.all(calls));
    await clock.settle(hubspot.properties.list('contacts'));
    expect(asked).toHaveLength(1);
  });

  it('are kept apart by object type and by whether they are archived', async () => {
    const { hubspot, clock, asked } = scripted(list);
    const names = await clock.settle(
      Promise.all([
        hubspot.properties.list('contacts'),
        hubspot.properties.list('deals'),
        hubspot.properties.list('deals', { archived: true }),
      ]),
    );
    expect(names.map(([first]) => first?.name)).toEqual(['contacts', 'deals', 'deals']);
    expect(asked).toHaveLength(3);
  });

  it('are asked for again after five minutes', async () => {
    const { hubspot, clock, asked } = scripted(list);
    await clock.settle(hubspot.properties.list('contacts'));
    await clock.advance(5 * 60_000);
    await clock.settle(hubspot.properties.list('contacts'));
    expect(asked).toHaveLength(2);
  });

  it('are asked for again after a write, even one without an answer and under another name of the type', async () => {
    const { hubspot, clock, asked } = scripted((call) => {
      if (call.method === 'POST') throw broken(false);
      return list(call);
    });
    await clock.settle(hubspot.properties.list('contacts'));
    const written = hubspot.properties.create('0-1', { ...property('shoe') });
    await expect(clock.settle(written)).rejects.toMatchObject({ sent: 'maybe' });
    await clock.settle(hubspot.properties.list('contacts'));
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
  });

  it('that were on their way during a write are not kept', async () => {
    const { hubspot, clock, asked } = scripted((call) => {
      return call.method === 'GET' ? list(call) : { json: property('shoe'), afterMs: 10 };
    });
    const reading = hubspot.properties.list('contacts');
    await clock.settle(hubspot.properties.create('contacts', property('shoe')));
    await clock.settle(reading);
    await clock.settle(hubspot.properties.list('contacts'));
    expect(asked.filter(({ method }) => method === 'GET')).toHaveLength(2);
  });

  it('are not kept when they could not be read', async () => {
    const { hubspot, clock } = scripted((call, count) => (count === 1 ? { status: 404 } : list(call)));
    await expect(clock.settle(hubspot.properties.list('contacts'))).rejects.toMatchObject({ code: 'not_found' });
    await clock.settle(hubspot.properties.list('contacts'));
  });

  it('arrive for the others when one caller gives up', async () => {
    const { hubspot, clock, asked } = scripted(list);
    const cancel = new AbortController();
    const first = hubspot.properties.list('contacts', {}, { signal: cancel.signal });
    first.catch(() => {});
    const second = hubspot.properties.list('contacts');
    await clock.advance(10);
    cancel.abort();
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect(await clock.settle(second)).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  it('always have options', async () => {
    const { hubspot, clock } = scripted(list);
    const [first] = await clock.settle(hubspot.properties.list('contacts'));
    expect(first?.options).toEqual([]);
  });

  it('of owners are read to the last page', async () => {
    const { hubspot, clock } = scripted(({ query }) => {
      const after = Number(query.get('after') ?? 0);
      const next = after < 2 ? { paging: { next: { after: String(after + 1) } } } : {};
      return { json: { results: [{ id: String(after), archived: false }], ...next } };
    });
    expect((await clock.settle(hubspot.owners.list())).map(({ id }) => id)).toEqual(['0', '1', '2']);
  });

  it('that are not what HubSpot promises are refused instead of passed on', async () => {
    const answers: Answer[] = [
      { json: {} },
      { json: { results: [5] } },
      { json: { results: [{ name: 'x' }] } },
      { status: 204 },
    ];
    for (const answer of answers) {
      const { hubspot, clock } = scripted(() => answer);
      await expect(clock.settle(hubspot.properties.list('contacts'))).rejects.toMatchObject({ code: 'bad_answer' });
    }
  });
});

describe('scopes', () => {
  it('are learnt from HubSpot once', async () => {
    const { hubspot, clock, asked } = scripted(() => ({ json: { hubId: 1, userId: 2, appId: 3, scopes: ['a', 'b'] } }));
    expect(hubspot.scopes.granted()).toBeUndefined();
    await clock.settle(Promise.all([hubspot.scopes.learn(), hubspot.scopes.learn()]));
    expect([...(hubspot.scopes.granted() ?? [])]).toEqual(['a', 'b']);
    expect(asked.map(({ path }) => path)).toEqual(['/oauth/v2/private-apps/get/access-token-info']);
  });

  it('stay unknown, without an error, when HubSpot does not tell', async () => {
    for (const answer of [{ status: 404 }, { status: 500 }, { body: 'x' }, { json: {} }]) {
      const { hubspot, clock } = scripted(() => answer);
      expect(await clock.settle(hubspot.scopes.learn())).toBeUndefined();
    }
  });
});
