/** Imports with HubSpot's own client, on a clock that stands still. */

import { type FakeClock, fakeClock } from '../../fake-clock.ts';
import { type HubSpot, hubspot } from './hubspot.ts';

export interface Column {
  readonly columnName: string;
  readonly propertyName?: string | null;
  readonly columnObjectTypeId?: string | undefined;
  readonly columnType?: string;
  readonly [more: string]: unknown;
}

interface File {
  readonly fileName: string;
  readonly columns: readonly Column[];
  readonly fileFormat?: string;
  readonly hasHeader?: boolean;
}

export function request(files: readonly File[], more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    name: 'Leads of November',
    dateFormat: 'DAY_MONTH_YEAR',
    ...more,
    files: files.map(({ fileName, columns, fileFormat = 'CSV', hasHeader = true }) => ({
      fileName,
      fileFormat,
      fileImportPage: {
        hasHeader,
        columnMappings: columns.map((column) => ({ columnObjectTypeId: '0-1', ...column })),
      },
    })),
  });
}

export const email: Column = { columnName: 'Email', propertyName: 'email', columnType: 'HUBSPOT_ALTERNATE_ID' };
export const first: Column = { columnName: 'First', propertyName: 'firstname' };
export const people = { fileName: 'people.csv', columns: [first, email] };

export type Api = HubSpot & { readonly clock: FakeClock };

export async function api(): Promise<Api> {
  const clock = fakeClock();
  return { ...(await hubspot({ clock })), clock };
}

export function start({ client }: HubSpot, csv: string | Buffer, json = request([people]), name = 'people.csv') {
  return client.crm.imports.coreApi.create({ data: Buffer.from(csv), name }, json);
}

export async function run(portal: Api, csv: string | Buffer, json?: string, name?: string) {
  const { id } = await start(portal, csv, json, name);
  await portal.clock.advance(5_000);
  return portal.client.crm.imports.coreApi.getById(Number(id));
}

export async function errorsOf({ client }: HubSpot, id: string) {
  return (await client.crm.imports.publicImportsApi.getErrors(Number(id), undefined, 100, true, true)).results;
}

export async function contacts({ client }: HubSpot, properties = ['email', 'firstname']) {
  const page = await client.crm.contacts.basicApi.getPage(100, undefined, properties, undefined, ['companies']);
  return page.results;
}

/** Several files; the client sends one. */
export async function sendFiles(portal: Api, json: string, files: Readonly<Record<string, string>>): Promise<unknown> {
  const form = new FormData();
  form.append('importRequest', json);
  for (const [name, content] of Object.entries(files)) form.append('files', new Blob([content]), name);
  const headers = { authorization: 'Bearer pat-na1-test' };
  const reply = await fetch(`${portal.url}/crm/imports/2026-09`, { method: 'POST', headers, body: form });
  return reply.json();
}
