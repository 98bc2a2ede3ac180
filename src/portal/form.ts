/** The parts of a `multipart/form-data` body, read whole. */

import type { HttpRequest } from '../fetch.ts';

export interface FormFile {
  /** As the sender called it, without a path; empty when it did not. */
  readonly name: string;
  /** Its media type; empty when the sender gave none. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface Form {
  /** The first part of that name, whatever it was sent as. */
  text(name: string): string | undefined;
  /** Every file of that name, in the order in which they were sent. */
  files(name: string): readonly FormFile[];
}

/** Undefined for a body that is no form. It is read by the platform's own parser. */
export async function readForm({ headers, body }: HttpRequest): Promise<Form | 'malformed' | undefined> {
  const type = headers['content-type'];
  if (body === undefined || !type?.toLowerCase().startsWith('multipart/form-data')) return undefined;
  const parts = await parse(body, type);
  if (!parts) return 'malformed';
  const texts = new Map<string, string>();
  const files = new Map<string, FormFile[]>();
  for (const [name, part] of parts) {
    if (typeof part === 'string') {
      if (!texts.has(name)) texts.set(name, part);
      continue;
    }
    const bytes = await part.bytes();
    files.set(name, [...(files.get(name) ?? []), { name: baseName(part.name), type: part.type, bytes }]);
  }
  return {
    text: (name) => texts.get(name) ?? decoded(files.get(name)?.[0]),
    files: (name) => files.get(name) ?? [],
  };
}

async function parse(body: string | Uint8Array, type: string): Promise<FormData | undefined> {
  try {
    const readable = withPlatformsBoundary(body, type);
    return await new Response(readable.body, { headers: { 'content-type': readable.type } }).formData();
  } catch {
    return undefined;
  }
}

/** The platform reads the boundaries that browsers make; those of other clients may be shorter and have more characters. */
function withPlatformsBoundary(body: string | Uint8Array, type: string): { body: string | Uint8Array; type: string } {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined || boundary.length > 70 || /^[\w'-]{27,}$/.test(boundary)) return { body, type };
  // Byte by byte: the parts are files, too.
  const text = Buffer.from(body).toString('latin1');
  let other = 'boundary'.padEnd(27, '-');
  while (text.includes(other)) other += '-';
  const delimiter = new RegExp(`(^|\\r\\n)--${boundary.replaceAll(/[^\w]/g, '\\$&')}(?=--|[\\t ]*\\r\\n)`, 'g');
  const replaced = Buffer.from(text.replaceAll(delimiter, `$1--${other}`), 'latin1');
  return { body: replaced, type: `multipart/form-data; boundary=${other}` };
}

function decoded(file: FormFile | undefined): string | undefined {
  return file && new TextDecoder().decode(file.bytes);
}

function baseName(name: string): string {
  return name.split(/[/\\]/).at(-1) ?? '';
}
