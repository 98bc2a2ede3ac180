import { describe, expect, it } from 'vitest';
import { broken, record, scripted } from './script.ts';

const input = (number: number) => ({ properties: { firstname: String(number) } });

/** A page of results that always has another one after it. */
function endlessPages(afterMs: number) {
  return (_: unknown, count: number) => {
    const first = (count - 1) * 200 + 1;
    const results = Array.from({ length: 200 }, (_item, index) => record(String(first + index)));
    return { json: { total: 9_999, results, paging: { next: { after: String(first + 199) } } }, afterMs };
  };
}

describe('a deadline', () => {
  it('ends a read that HubSpot never answers', async () => {
    const { hubspot, clock } = scripted(() => undefined);
    await expect(clock.settle(hubspot.objects.get('contacts', '1'))).rejects.toMatchObject({ code: 'deadline' });
    expect(clock.elapsed()).toBe(30_000);
  });

  it('gives a hung read up in time for another attempt', async () => {
    const { hubspot, clock } = scripted((_, count) => (count === 1 ? undefined : { json: record('1') }));
    await clock.settle(hubspot.objects.get('contacts', '1'));
    expect(clock.elapsed()).toBeLessThan(15_000);
  });

  it('ends a write that HubSpot never answers, in doubt', async () => {
    const { hubspot, clock, asked } = scripted(() => undefined);
    await expect(clock.settle(hubspot.objects.create('contacts', input(1)))).rejects.toMatchObject({
      code: 'deadline',
      sent: 'maybe',
      retryable: false,
    });
    expect(asked).toHaveLength(1);
  });

  it('is as long as the call says, or the job it belongs to', async () => {
    const { hubspot, clock } = scripted(() => undefined);
    await expect(clock.settle(hubspot.objects.get('contacts', '1', {}, { deadlineMs: 700 }))).rejects.toThrow(
      'deadline',
    );
    expect(clock.elapsed()).toBe(700);
    await expect(clock.settle(hubspot.objects.get('contacts', '1', {}, { deadlineAt: 900 }))).rejects.toThrow(
      'deadline',
    );
    expect(clock.elapsed()).toBe(900);
    await expect(hubspot.objects.get('contacts', '1', {}, { deadlineAt: 900 })).rejects.toMatchObject({ sent: 'no' });
  });

  it('ends waiting for quota, with nothing sent', async () => {
    const { hubspot, clock, asked } = scripted(() => ({ json: { total: 0, results: [] }, afterMs: 1 }));
    const searches = Array.from({ length: 6 }, () => hubspot.objects.search('contacts', {}, { deadlineMs: 500 }));
    const outcomes = await clock.settle(Promise.allSettled(searches));
    expect(asked).toHaveLength(5);
    expect(outcomes.at(-1)).toMatchObject({
      status: 'rejected',
      reason: { code: 'deadline', sent: 'no', retryable: true },
    });
  });

  it('ends paging with what was read and the cursor to go on', async () => {
    const { hubspot, clock } = scripted(endlessPages(400));
    const first = await clock.settle(hubspot.objects.searchAll('contacts', {}, {}, { deadlineMs: 1_000 }));
    expect(first).toMatchObject({ complete: false, stoppedBy: 'deadline', next: 'id:400', total: 9_999 });
    expect(first.records).toHaveLength(400);
    expect(clock.elapsed()).toBe(1_000);
  });

  it('says of every row of a batch whether it was applied, is in doubt, or was not sent', async () => {
    const { hubspot, clock } = scripted(({ body }, count) => {
      if (count === 2) return undefined;
      return { json: { results: body.inputs.map((sent, index) => ({ ...record(String(index + 1)), ...sent })) } };
    });
    const inputs = Array.from({ length: 250 }, (_, index) => input(index));
    const rows = await clock.settle(hubspot.objects.batchCreate('contacts', inputs));
    expect(rows.map(({ index }) => index)).toEqual(inputs.map((_, index) => index));
    expect(rows.filter(({ outcome }) => outcome === 'applied')).toHaveLength(100);
    expect(rows.slice(100, 200).every(({ outcome }) => outcome === 'unknown')).toBe(true);
    expect(rows.slice(200).every(({ outcome }) => outcome === 'not_sent')).toBe(true);
    expect(clock.elapsed()).toBe(30_000);
  });
});

describe('cancelling', () => {
  it('ends a call at once, even when the network does not care', async () => {
    const { hubspot, clock } = scripted(() => undefined);
    const cancel = new AbortController();
    const call = hubspot.objects.create('contacts', input(1), { signal: cancel.signal });
    call.catch(() => {});
    await clock.advance(5);
    cancel.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled', sent: 'maybe' });
    expect(clock.elapsed()).toBe(5);
  });

  it('waits for what was sent, where it is told to, and sends no more', async () => {
    const { hubspot, clock, asked } = scripted(() => ({ json: record('1'), afterMs: 50 }));
    const cancel = new AbortController();
    const call = hubspot.objects.create('contacts', input(1), { signal: cancel.signal, finishSent: true });
    await clock.advance(5);
    cancel.abort();
    expect(await clock.settle(call)).toMatchObject({ id: '1' });
    const later = hubspot.objects.create('contacts', input(1), { signal: cancel.signal, finishSent: true });
    await expect(later).rejects.toMatchObject({ code: 'cancelled', sent: 'no' });
    expect(asked).toHaveLength(1);
  });

  it('leaves a write in doubt while it waits to be sent again', async () => {
    const { hubspot, clock } = scripted(() => {
      throw broken(false);
    });
    const cancel = new AbortController();
    const call = hubspot.objects.update('contacts', '1', {}, { signal: cancel.signal });
    call.catch(() => {});
    await clock.advance(1);
    cancel.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled', sent: 'maybe' });
  });

  it('is called one, whenever it comes before the sending', async () => {
    for (let turns = 0; turns < 12; turns += 1) {
      const { hubspot, clock, asked } = scripted(() => undefined);
      const cancel = new AbortController();
      const call = hubspot.objects.get('contacts', '1', {}, { signal: cancel.signal });
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      cancel.abort();
      const sent = asked.length === 0 ? 'no' : 'maybe';
      await expect(clock.settle(call)).rejects.toMatchObject({ code: 'cancelled', sent });
    }
  });

  it('sends nothing when it came before the call', async () => {
    const { hubspot, asked } = scripted(() => ({ json: record('1') }));
    const signal = AbortSignal.abort();
    await expect(hubspot.objects.get('contacts', '1', {}, { signal })).rejects.toMatchObject({
      code: 'cancelled',
      sent: 'no',
    });
    expect(asked).toHaveLength(0);
  });

  it('gives what was read before it', async () => {
    const { hubspot, clock } = scripted(endlessPages(100));
    const cancel = new AbortController();
    const call = hubspot.objects.searchAll('contacts', {}, {}, { signal: cancel.signal });
    await clock.advance(250);
    cancel.abort();
    expect(await call).toMatchObject({ stoppedBy: 'cancelled', next: 'id:400', complete: false });
  });

  it('ends everything when the client is closed', async () => {
    const { hubspot, clock } = scripted(() => undefined);
    const call = hubspot.objects.get('contacts', '1');
    call.catch(() => {});
    await clock.advance(5);
    await hubspot.close();
    await expect(call).rejects.toMatchObject({ code: 'closed' });
    await expect(hubspot.objects.get('contacts', '1')).rejects.toMatchObject({ code: 'closed', sent: 'no' });
  });
});
