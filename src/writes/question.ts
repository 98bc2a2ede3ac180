/** A change in words for the person who is to approve it: one line each, and whatever a record says only in quotation marks. */

import { cutText } from '../crm/record-table.ts';
import type { Before, ReadyRow } from './before.ts';
import type { Change, MergeChange, RecordId } from './change.ts';
import { previewDefinition } from './definition-change.ts';

/** What a record is called, by {@link placeOf}. */
export type Names = ReadonlyMap<string, string>;

/** As many as a person reads. */
export const MAX_LINES = 20;
const MAX_PARTS = 12;
const MAX_NAME = 60;
const MAX_VALUE = 80;

/** What a value may be to stand without quotation marks: nothing that reads like a sentence or like part of the form. */
const WORD = /^[\p{L}\p{N}_][\p{L}\p{N}_.@+-]{0,39}$/u;

export function placeOf({ objectType, id }: RecordId): string {
  return `${objectType.name} ${id}`;
}

/** The records whose names make the change easier to recognise. */
export function namedBy(change: Change): readonly RecordId[] {
  switch (change.kind) {
    case 'update':
    case 'archive':
      return [change];
    case 'merge':
      return [change, { objectType: change.objectType, id: change.loser }];
    case 'associate':
    case 'dissociate':
      return [change.from, change.to];
    case 'create':
      return change.associations.map(({ to }) => to);
    case 'upsert':
    case 'define':
      return [];
  }
}

/** Such as `contacts 101 "Ada Lovelace": lifecyclestage lead → customer`. */
export function lineOf({ row: { change } }: ReadyRow, before: Before | undefined, names: Names): string {
  const called = (record: RecordId) => {
    const name = names.get(placeOf(record));
    return name === undefined ? placeOf(record) : `${placeOf(record)} ${quoted(name, MAX_NAME)}`;
  };
  switch (change.kind) {
    case 'create': {
      const linked = change.associations.map(({ to }) => `associated with ${called(to)}`);
      return `new ${change.objectType.name}: ${parts([...settings(change.properties), ...linked])}`;
    }
    case 'update':
      return `${called(change)}: ${parts(differences(change.properties, before))}`;
    case 'upsert': {
      const found = before !== undefined && 'absent' in before ? 'new ' : '';
      const key = `${change.objectType.name} with ${change.idProperty} ${written(change.value)}`;
      return `${found}${key}: ${parts(differences(change.properties, before))}`;
    }
    case 'archive':
      return `${called(change)}: archive`;
    case 'merge': {
      const { objectType, loser, undecided } = change;
      const said = [...lostOf(change), ...(undecided.length > 0 ? [`your decision: ${undecided.join(', ')}`] : [])];
      const head = `${called({ objectType, id: loser })} is merged into ${called(change)} and gone`;
      return said.length === 0 ? head : `${head}: ${parts(said)}`;
    }
    case 'associate':
    case 'dissociate': {
      const labels = change.types.flatMap(({ label }) => (label === null ? [] : [quoted(label, MAX_NAME)]));
      const what = change.kind === 'associate' ? 'associate' : labels.length > 0 ? 'take away' : 'end the association';
      return `${called(change.from)} and ${called(change.to)}: ${[what, labels.join(', ')].join(' ').trim()}`;
    }
    case 'define': {
      const of =
        'from' in change
          ? `${change.from.name} and ${change.to.name}`
          : 'objectType' in change && change.objectType.name;
      const said = previewDefinition(change).flatMap(({ property, after }) =>
        property === undefined || after === undefined ? [] : [`${property} ${written(String(after))}`],
      );
      const head = `${change.step.replace('_', ' ')} ${quoted(change.name, MAX_NAME)}${of ? ` of ${of}` : ''}`;
      return said.length === 0 ? head : `${head}: ${parts(said)}`;
    }
  }
}

/** What of the loser is nowhere afterwards. */
function lostOf({ held, expected, lost }: MergeChange): string[] {
  return lost.map((name) => {
    const kept = expected[name];
    const gone = `${name} ${shown(held[name] ?? '')} is lost`;
    return kept === undefined ? gone : `${gone} for ${shown(kept)}`;
  });
}

function settings(properties: Readonly<Record<string, string>>): string[] {
  return Object.entries(properties).map(([name, value]) => `${name} ${written(value)}`);
}

/** What is there now, where it is known. */
function differences(properties: Readonly<Record<string, string>>, before: Before | undefined): string[] {
  const held = before !== undefined && 'values' in before ? before.values : {};
  return Object.entries(properties).map(([name, value]) =>
    name in held ? `${name} ${shown(held[name] ?? '')} → ${written(value)}` : `${name} ${written(value)}`,
  );
}

function parts(all: readonly string[]): string {
  const hidden = all.length - MAX_PARTS;
  return [...all.slice(0, MAX_PARTS), ...(hidden > 0 ? [`… and ${hidden} more`] : [])].join(', ');
}

/** What nobody sees, but programs read: tags, zero width, and what reorders text. */
const UNSEEN = /[\u{e0000}-\u{e007f}\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** A value that is about to be written, with its markup: nobody is to say yes to what they are not shown. */
function written(value: string): string {
  const seen = shown(asText(value));
  return UNSEEN.test(value) ? `${seen} (with invisible characters)` : seen;
}

/** In letters that are no markup: nothing in a line may be taken for some that hides the rest of it. */
function asText(text: string): string {
  return text
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
    .replaceAll(/&(?=#?\w{1,31};)/g, '＆');
}

function shown(value: string): string {
  if (value === '') return '(empty)';
  return WORD.test(value) ? value : quoted(value, MAX_VALUE);
}

/** And what looks like one. */
const QUOTES = /[\p{Pi}\p{Pf}"＂„‟ʺ˝״″‶〃〝〞〟❝❞🙶🙷🙸]/gu;

/** On one line, and without what could end the quotation or only looks as if. */
function quoted(text: string, length: number): string {
  const line = text
    .replace(/[\s\p{Z}]+/gu, ' ')
    .replace(/\p{Cc}/gu, '')
    .replace(QUOTES, "'")
    .trim();
  return `"${asText(cutText(line, length))}"`;
}
