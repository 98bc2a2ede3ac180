import { describe, expect, it } from 'vitest';
import { sharedLiteral } from '../../src/catalogue/shared-literal.ts';
import { toolDescriptions } from '../../src/catalogue/tool-descriptions.ts';

async function read(text: string): Promise<unknown> {
  const found: object = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`);
  return { ...found };
}

describe('Data that is written as a module', () => {
  it('is read as it was', async () => {
    expect(await read(sharedLiteral('toolDescriptions', toolDescriptions))).toEqual({ toolDescriptions });
  });

  it('holds once what stands in it several times, parts of parts too', async () => {
    const inner = { description: 'somebody who is called so' };
    const outer = { first: inner, second: [inner, 1, null, 'x'] };
    const data = { outer, inner, again: [{ ...outer }], left: undefined };
    const text = sharedLiteral('data', data);
    expect(text.split(inner.description)).toHaveLength(2);
    expect(text.split('second')).toHaveLength(2);
    expect(await read(text)).toEqual({ data: { outer, inner, again: [outer] } });
  });
});
