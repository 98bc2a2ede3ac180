import type { Fetch } from '../../fetch.ts';

/** No answer that a portal has a use for is larger. */
const MAX_BYTES = 512 * 1024 * 1024;

/** Sends what a portal sends by itself over the network. A redirect is an answer like any other. */
export const deliver: Fetch = async ({ method, url, headers, body, signal }) => {
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
  });
  const { status } = response;
  return { status, headers: Object.fromEntries(response.headers), body: await readAll(response, MAX_BYTES) };
};

/** Rejects where there is more than `most`. */
async function readAll({ body }: Response, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body ?? []) {
    size += piece.byteLength;
    if (size > most) throw new Error(`The answer is larger than ${most} bytes.`);
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
