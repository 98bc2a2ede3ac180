/** `POST` and `PUT /files/files`: bytes that come with the request. */

import { readJson } from '../body.ts';
import { invalid, PortalError } from '../errors.ts';
import type { Form, FormFile } from '../form.ts';
import type { Call, Route } from '../route.ts';
import { fileScopes } from './access.ts';
import { requireFile } from './find.ts';
import { splitName } from './media.ts';
import { presentFile } from './present.ts';
import { expiry, factsOf, placeOf, saveFile, uploadOptions } from './save.ts';
import { singleFileVersions, source } from './versions.ts';

export const uploadRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/files/files',
    versions: singleFileVersions,
    scopes: fileScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const form = formOf(call);
      const file = fileOf(form);
      const { files } = call.store;
      files.expire(call.now);
      const options = readJson(optionsOf(form), uploadOptions);
      const name = form.text('fileName') || file.name;
      // The words were reported by a public client.
      if (name === '') throw invalid('Could not determine name from file');
      const place = { folderId: form.text('folderId') || undefined, folderPath: form.text('folderPath') };
      const folderId = placeOf(files, place, call.now);
      const sent = { name: withExtension(name, file.name), contentType: file.type, bytes: file.bytes };
      const encoding = form.text('charsetHunch') || undefined;
      const saved = saveFile(files, { ...sent, encoding }, folderId, options, call.now);
      return { status: 201, body: presentFile(call, saved) };
    },
  },
  {
    method: 'PUT',
    path: '/files/files/{fileId}',
    versions: singleFileVersions,
    scopes: fileScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const form = formOf(call);
      const sent = fileOf(form);
      const known = requireFile(call);
      const options = readJson(optionsOf(form), uploadOptions);
      const { extension } = splitName(sent.name);
      // Guess: the words for another extension. A replacement keeps its address, so also its extension.
      if (extension !== '' && extension !== known.extension) {
        throw invalid(`The extension of a file cannot be changed from ${known.extension} to ${extension}`);
      }
      const encoding = form.text('charsetHunch') || undefined;
      const replaced = {
        ...withoutFacts(known),
        access: options.access,
        updatedAt: call.now,
        ...factsOf({ bytes: sent.bytes, contentType: sent.type, encoding }, known.extension),
        ...expiry(options, call.now),
      };
      call.store.files.putFile(replaced, sent.bytes);
      return { status: 200, body: presentFile(call, replaced) };
    },
  },
];

function withoutFacts({
  width: _width,
  height: _height,
  encoding: _encoding,
  ...file
}: ReturnType<typeof requireFile>) {
  return file;
}

/** Guess: the words of the 415, as for a body that is no JSON. @throws PortalError 415 */
function formOf(call: Call): Form {
  if (!call.form) throw new PortalError(415, { message: 'HTTP 415 Unsupported Media Type' });
  return call.form;
}

/** Guess: the words for an upload without a file. @throws PortalError 400 */
function fileOf(form: Form): FormFile {
  const [file] = form.files('file');
  if (!file) throw invalid('A file must be provided in the "file" part of the form');
  return file;
}

/** Guess: the words for an upload without options. @throws PortalError 400 */
function optionsOf(form: Form): string {
  const options = form.text('options');
  if (options === undefined || options.trim() === '') throw invalid('The "options" part of the form is required');
  return options;
}

/** A name without an extension takes that of the file as it was sent. */
function withExtension(name: string, sentName: string): string {
  const { extension } = splitName(sentName);
  return splitName(name).extension === '' && extension !== '' ? `${name}.${extension}` : name;
}
