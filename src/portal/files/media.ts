/** What a file's name and first bytes tell of it. Guess: which extension is of which type. */

const types: Readonly<Record<string, readonly string[]>> = {
  IMG: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg', 'bmp', 'ico', 'tif', 'tiff', 'heic'],
  MOVIE: ['mp4', 'mov', 'avi', 'm4v', 'mpg', 'mpeg', 'webm', 'wmv', 'mkv'],
  AUDIO: ['mp3', 'wav', 'm4a', 'aac', 'flac', 'ogg', 'wma', 'aif', 'mid'],
  DOCUMENT:
    'pdf doc docx xls xlsx ppt pptx csv tsv txt rtf odt ods odp html json xml md key pages numbers ics eml msg'.split(
      ' ',
    ),
};

const contentTypes = new Map(
  Object.entries({
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    gif: 'image/gif',
    webp: 'image/webp',
    svg: 'image/svg+xml',
    pdf: 'application/pdf',
    csv: 'text/csv',
    txt: 'text/plain',
    html: 'text/html',
    json: 'application/json',
    xml: 'application/xml',
    mp4: 'video/mp4',
    mp3: 'audio/mpeg',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  }),
);

/** HubSpot's word for the kind of a file: IMG, MOVIE, AUDIO, DOCUMENT or OTHER. */
export function typeOf(extension: string): string {
  return Object.keys(types).find((type) => types[type]?.includes(extension)) ?? 'OTHER';
}

export function contentTypeOf(extension: string, sent: string): string {
  return contentTypes.get(extension) ?? (sent === '' ? 'application/octet-stream' : sent);
}

/** `a/b.tar.GZ` is `b.tar` with the extension `gz`. */
export function splitName(fullName: string): { readonly name: string; readonly extension: string } {
  const base = fullName.split(/[/\\]/).at(-1) ?? '';
  const dot = base.lastIndexOf('.');
  if (dot <= 0 || dot === base.length - 1) return { name: base.replace(/\.$/, ''), extension: '' };
  return { name: base.slice(0, dot), extension: base.slice(dot + 1).toLowerCase() };
}

export function joinName(name: string, extension: string): string {
  return extension === '' ? name : `${name}.${extension}`;
}

/** In pixels; undefined for what is no PNG, GIF or JPEG. */
export function pixels(bytes: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47]) && bytes.length >= 24) {
    return { width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (startsWith(bytes, [0x47, 0x49, 0x46, 0x38]) && bytes.length >= 10) {
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  return startsWith(bytes, [0xff, 0xd8]) ? jpegPixels(view) : undefined;
}

/** The first frame header says it; the segments before are skipped by their length. */
function jpegPixels(view: DataView): { width: number; height: number } | undefined {
  for (let at = 2; at + 9 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker >> 8 !== 0xff) return undefined;
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return undefined;
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}
