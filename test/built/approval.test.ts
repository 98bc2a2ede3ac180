/** Approval on stdio, with the program as it is shipped, for clients of both eras with and without forms. */

import { Client as ModernClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { entry } from './program.ts';

const command = { command: process.execPath, args: [entry, '--seed', 'none'], stderr: 'ignore' } as const;
const result = z.looseObject({
  content: z.array(z.object({ text: z.string() })),
  structuredContent: z.looseObject({}).optional(),
});

interface Session {
  call(name: string, args: Record<string, unknown>): Promise<z.output<typeof result>>;
  close(): Promise<void>;
}

/** What the person does; undefined for a client that can show no form. */
type Person =
  | ((message: string) => { action: 'accept'; content: { approve: boolean } } | { action: 'decline' })
  | undefined;

async function modern(person: Person): Promise<Session> {
  const client = new ModernClient(
    { name: 'modern', version: '1' },
    { versionNegotiation: { mode: 'auto' }, capabilities: person === undefined ? {} : { elicitation: { form: {} } } },
  );
  if (person !== undefined) client.setRequestHandler('elicitation/create', ({ params }) => person(params.message));
  await client.connect(new ModernTransport({ ...command, args: [...command.args] }));
  return {
    call: async (name, args) => result.parse(await client.callTool({ name, arguments: args })),
    close: () => client.close(),
  };
}

async function old(person: Person): Promise<Session> {
  const client = new OldClient(
    { name: 'old', version: '1' },
    { capabilities: person === undefined ? {} : { elicitation: {} } },
  );
  if (person !== undefined) client.setRequestHandler(ElicitRequestSchema, ({ params }) => person(params.message));
  await client.connect(new OldTransport({ ...command, args: [...command.args] }));
  return {
    call: async (name, args) => result.parse(await client.callTool({ name, arguments: args })),
    close: () => client.close(),
  };
}

/** A contact in the portal of the program, and the call that archives it. */
async function withContact(client: Session) {
  const made = await client.call('create_records', {
    objectType: 'contacts',
    records: [{ properties: { firstname: 'Ada', lastname: 'Lovelace' } }],
  });
  const { columns, rows } = z
    .object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) })
    .parse(made.structuredContent);
  return { objectType: 'contacts', ids: [String(rows[0]?.[columns.indexOf('id')])] };
}

const errorIn = ({ content }: z.output<typeof result>) =>
  z.looseObject({ code: z.string(), approvalToken: z.string().optional() }).parse(JSON.parse(content[0]?.text ?? ''));

describe.each([
  ['2026-07-28', modern],
  ['2025-11-25', old],
] as const)('On stdio a client of %s', (_era, open) => {
  it('shows its person a form, and what they said yes to is done', async () => {
    const questions: string[] = [];
    const client = await open((message) => {
      questions.push(message);
      return { action: 'accept', content: { approve: true } };
    });
    const args = await withContact(client);
    const done = await client.call('archive_records', args);
    expect(done.structuredContent).toMatchObject({ applied: 1 });
    expect(questions).toEqual([
      expect.stringContaining(`Archive 1 contact?\n\n- contacts ${args.ids[0]} "Ada Lovelace": archive\n`),
    ]);
    await client.close();
  });

  it.each([{ action: 'decline' as const }, { action: 'accept' as const, content: { approve: false } }])(
    'takes %j for a no',
    async (answer) => {
      const client = await open(() => answer);
      const args = await withContact(client);
      expect(errorIn(await client.call('archive_records', args)).code).toBe('approval_declined');
      expect((await client.call('get_records', args)).structuredContent).toMatchObject({ rows: [expect.anything()] });
      await client.close();
    },
  );

  it('that shows no forms is never asked, and goes on by token', async () => {
    const client = await open(undefined);
    const args = await withContact(client);
    const { code, approvalToken } = errorIn(await client.call('archive_records', args));
    expect(code).toBe('approval_needed');
    expect((await client.call('archive_records', { ...args, approvalToken })).structuredContent).toMatchObject({
      applied: 1,
    });
    await client.close();
  });
});
