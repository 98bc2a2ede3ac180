/** Data as the text of a module, for the build: what stands in it several times is written once. */

/** Shorter parts are not worth a name. */
const shortest = 20;

/** The module's own text, which exports `data` under a name. Equal parts are one object, so nobody may change them. */
export function sharedLiteral(exported: string, data: unknown): string {
  const plain: unknown = JSON.parse(JSON.stringify(data));
  const times = new Map<string, number>();
  count(plain, times);
  const parts: string[] = [];
  const written = write(plain, times, parts, new Map());
  return `${parts.map((part, nth) => `const p${nth} = ${part};\n`).join('')}export const ${exported} = ${written};\n`;
}

function count(value: unknown, times: Map<string, number>): void {
  if (!isParted(value)) return;
  const text = JSON.stringify(value);
  times.set(text, (times.get(text) ?? 0) + 1);
  for (const part of Object.values(value)) count(part, times);
}

/** The value's text, with the names of those parts that stand there more than once. */
function write(
  value: unknown,
  times: ReadonlyMap<string, number>,
  parts: string[],
  names: Map<string, string>,
): string {
  const text = JSON.stringify(value);
  if (!isParted(value)) return text;
  const known = names.get(text);
  if (known !== undefined) return known;
  const inside = (part: unknown) => write(part, times, parts, names);
  const written = Array.isArray(value)
    ? `[${value.map(inside).join()}]`
    : `{${Object.entries(value)
        .map(([key, part]) => `${JSON.stringify(key)}:${inside(part)}`)
        .join()}}`;
  if ((times.get(text) ?? 0) < 2 || text.length < shortest) return written;
  const name = `p${parts.push(written) - 1}`;
  names.set(text, name);
  return name;
}

function isParted(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
