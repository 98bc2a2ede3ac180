/** Ready-made choices of tools. */

import type { ToolFacts } from './policy.ts';

export const PROFILES = ['readonly', 'chatbot', 'revops', 'full'] as const;

export type Profile = (typeof PROFILES)[number];

/** What a chat with a customer or a seller needs: find, read, keep up to date, note down. Nothing that takes away. */
const CHATBOT = new Set([
  'search_records',
  'get_records',
  'list_associations',
  'list_properties',
  'create_records',
  'update_records',
  'log_note',
]);

export function inProfile(profile: Profile, { name, effect }: ToolFacts): boolean {
  switch (profile) {
    case 'readonly':
      return effect === 'read';
    case 'chatbot':
      return CHATBOT.has(name);
    case 'revops':
    case 'full':
      return true;
  }
}
