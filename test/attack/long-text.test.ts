import { expect, it } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { type Connection, connect } from '../harness.ts';
import { rowsOf } from '../rows.ts';
import { nameOfPlace, saidArguments } from './said-arguments.ts';
import { sensibleWord, surfaces } from './surfaces.ts';

/** Far more than a model should read again because it once wrote it. */
const LONG = [
  ['words', 'ab cd '.repeat(4_000)],
  ['ids', Array.from({ length: 4_000 }, (_, place) => 1_000 + place).join(' ')],
] as const;
const LONGEST_ANSWER = 12_000;

async function calls({ call }: Connection, text: string) {
  const people = ['ann', 'bob'].map((name) => ({ properties: { email: `${name}@acme.example` } }));
  const made = await call('create_records', { objectType: 'contacts', records: people });
  const [id = '', other = ''] = rowsOf(made.data).map(([, each]) => String(each));
  const real: Record<string, string> = { id, ids: id, 'ids 2': other, from: id, to: other, record: `contacts ${id}` };
  return surfaces.flatMap(({ tool, schema, places }) =>
    places.map((place, seed) => {
      const word = (name: string) => sensibleWord(tool.name, name, seed, real);
      const args = saidArguments(schema, { place, text }, { random: seededRandom(seed), word });
      return { tool: tool.name, place: nameOfPlace(place), args: { ...Object(args) } };
    }),
  );
}

it.each(LONG)(
  'Many %s come back whole in no answer, wherever in the arguments they stood',
  { timeout: 60_000 },
  async (_, said) => {
    const connection = await connect({ approve: 'none' });
    const long: string[] = [];
    for (const { tool, place, args } of await calls(connection, said)) {
      const { text } = await connection.call(tool, args);
      if (text.length > LONGEST_ANSWER) long.push(`${tool} ${place}: ${text.length}`);
    }
    expect(long).toEqual([]);
    await connection.close();
  },
);
