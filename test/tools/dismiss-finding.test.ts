import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

describe('dismiss_finding', () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await connect({ config: { toolsets: ['quality'] } });
  });
  afterAll(() => connection.close());

  it('takes findings and pairs, of several ids each with each, and tells those that were dismissed before', async () => {
    const finding = 'a'.repeat(32);
    const first = await connection.call('dismiss_finding', { fingerprints: [finding, 'pair:contacts:9:10:11'] });
    const second = await connection.call('dismiss_finding', { fingerprints: [finding, 'pair:contacts:11:10'] });
    expect(first.data).toEqual({
      dismissed: 4,
      already: 0,
      fingerprints: [finding, 'pair:contacts:9:10', 'pair:contacts:9:11', 'pair:contacts:10:11'],
    });
    expect(second.data).toEqual({ dismissed: 0, already: 2, fingerprints: [] });
    expect(connection.requests).toEqual([]);
  });

  it.each(['D08', 'pair:contacts:1', 'pair::1:2', 'pair:contacts:1:x', 'A'.repeat(32)])(
    'refuses %s, and dismisses nothing of that call',
    async (wrong) => {
      const { error } = await connection.call('dismiss_finding', { fingerprints: ['b'.repeat(32), wrong] });
      expect(error).toMatchObject({ code: 'unknown_finding', next: expect.stringContaining('pair:<objectType>') });
      const { data } = await connection.call('dismiss_finding', { fingerprints: ['b'.repeat(32)], reason: wrong });
      expect(Number(data['dismissed']) + Number(data['already'])).toBe(1);
    },
  );

  it('is no reading: an installation that only reads does not serve it', async () => {
    const reading = await connect({ config: { toolsets: ['quality'], readOnly: true } });
    const { tools } = await reading.client.listTools();
    expect(tools.map(({ name }) => name)).toContain('find_duplicates');
    expect(tools.map(({ name }) => name)).not.toContain('dismiss_finding');
    await reading.close();
  });
});
