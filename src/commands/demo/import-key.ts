import { CommandFailure } from '../../command.ts';
import { UsageError } from '../../option.ts';
import { refusalOf, rowsOf } from './answers.ts';
import type { Transcript } from './transcript.ts';

export interface KeyRequest {
  readonly objectType: string;
  /** The column of the file. */
  readonly key?: string;
  /** The property that its values go into. */
  readonly property: string;
  readonly mayCreateKey: boolean;
}

/** Makes sure that the key's property exists and is unique, so that importing the same file again updates its records. */
export async function importKey(
  request: KeyRequest,
  { transcript }: { readonly transcript: Transcript },
): Promise<void> {
  const { objectType, key, property } = request;
  const question = `Is ${property} there, and does it tell ${objectType} apart?`;
  const found = await transcript.ask(question, 'list_properties', { objectType, names: [property] });
  const refused = refusalOf(found);
  if (refused === undefined) {
    if (rowsOf(found)[0]?.['unique'] === true) return;
    if (objectType === 'contacts' && property === 'email') {
      transcript.say('   HubSpot tells contacts apart by email, although its definition is not called unique.');
      return;
    }
    throw new UsageError(
      `--key: ${property} is not unique, so records cannot be found by it. Keep the key in a property of its own: --map "${key}=import_${property}".`,
    );
  }
  if (refused.code !== 'unknown_property') throw new CommandFailure(refused.message);
  if (!request.mayCreateKey) {
    throw new UsageError(
      `--key: ${objectType} have no property ${property} yet. On a HubSpot account it is created only when you say so: add --create-key.`,
    );
  }
  const created = await transcript.ask(
    `Create ${property}, in which no two ${objectType} share a value.`,
    'create_properties',
    {
      objectType,
      properties: [
        {
          name: property,
          label: `${key} (import)`,
          type: 'string',
          fieldType: 'text',
          hasUniqueValue: true,
        },
      ],
    },
  );
  const failed = refusalOf(created);
  if (failed !== undefined) throw new CommandFailure(`The property of the key could not be created: ${failed.message}`);
}
