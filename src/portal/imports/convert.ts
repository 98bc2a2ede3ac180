/**
 * A cell of a file -> a value as the API takes it. Files hold what people write: labels, dates in their own order,
 * numbers with separators, names of owners.
 * Source: knowledge.hubspot.com/import-and-export/troubleshoot-import-errors for what is an error, compared 2026-11-22.
 */

import { Temporal } from 'temporal-polyfill';
import type { Property } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { PORTAL, type Store } from '../store/store.ts';
import { normalize, parseTime } from '../values/normalize.ts';
import { pipelinesOf } from '../values/pipeline.ts';
import type { ImportPlan } from './request.ts';

export type Converted = { readonly value: string } | { readonly errorType: string; readonly errorMessage: string };

export type Dates = Pick<ImportPlan, 'dateFormat' | 'timeZone'>;

/** `raw` is not empty. */
export function convert(store: Store, type: ObjectTypeFacts, property: Property, raw: string, dates: Dates): Converted {
  const said = raw.trim();
  if (property.referencedObjectType === 'OWNER') return owner(store, said);
  if (property.name === type.pipelines?.pipelineProperty || property.name === type.pipelines?.stageProperty) {
    return pipelineOrStage(store, type, property.name, said);
  }
  switch (property.type) {
    case 'date':
    case 'datetime':
      return date(store, property, said, dates);
    case 'number':
      return number(said);
    case 'bool':
      return bool(said);
    case 'enumeration':
      return property.options.length === 0 ? { value: said } : enumeration(property, said);
    default: {
      const checked = normalize(property, raw);
      if ('value' in checked) return checked;
      const errorType = checked.error === 'PROPERTY_VALUE_TOO_LONG' ? 'COLUMN_TOO_LARGE' : checked.error;
      return { errorType, errorMessage: checked.message };
    }
  }
}

/** By id, e-mail address or full name. */
function owner(store: Store, said: string): Converted {
  const wanted = said.toLowerCase();
  const found = store.owners
    .list(PORTAL)
    .filter(({ id, email, firstName, lastName }) =>
      [id, email?.toLowerCase(), `${firstName} ${lastName}`.toLowerCase()].includes(wanted),
    );
  if (found.length > 1)
    return { errorType: 'MULTIPLE_OWNERS_FOUND', errorMessage: `Several owners are called ${said}` };
  const [one] = found;
  return one ? { value: one.id } : { errorType: 'COULD_NOT_FIND_OWNER', errorMessage: `No owner is called ${said}` };
}

/** By id or label. A stage is looked for in all pipelines: which one is meant is checked with the record. */
function pipelineOrStage(store: Store, type: ObjectTypeFacts, name: string, said: string): Converted {
  const pipelines = pipelinesOf(store, type);
  const known = name === type.pipelines?.pipelineProperty ? pipelines : pipelines.flatMap(({ stages }) => stages);
  const found =
    known.find(({ id }) => id === said) ?? known.find(({ label }) => label.toLowerCase() === said.toLowerCase());
  return found ? { value: found.id } : invalidOption(name, said);
}

function invalidOption(name: string, said: string): Converted {
  return { errorType: 'INVALID_ENUMERATION_OPTION', errorMessage: `${said} is not one of the options of ${name}` };
}

/** By value or label; several are separated by semicolons. */
function enumeration(property: Property, said: string): Converted {
  const many = property.fieldType === 'checkbox';
  const parts = many ? said.split(';').map((part) => part.trim()) : [said];
  const values: string[] = [];
  for (const part of parts.filter((each) => each !== '')) {
    const wanted = part.toLowerCase();
    const byValue = property.options.filter(({ value }) => value.toLowerCase() === wanted);
    const found = byValue.length > 0 ? byValue : property.options.filter(({ label }) => label.toLowerCase() === wanted);
    if (found.length > 1 && !found.some(({ value }) => value === part)) {
      return {
        errorType: 'AMBIGUOUS_ENUMERATION_OPTION',
        errorMessage: `${part} is more than one option of ${property.name}`,
      };
    }
    const option = found.find(({ value }) => value === part) ?? found[0];
    if (!option) return invalidOption(property.name, part);
    values.push(option.value);
  }
  return { value: values.join(';') };
}

function bool(said: string): Converted {
  const word = said.toLowerCase();
  if (['true', 'yes', '1'].includes(word)) return { value: 'true' };
  if (['false', 'no', '0'].includes(word)) return { value: 'false' };
  return invalidOption('a yes or no property', said);
}

/** With thousands separators, a currency sign or a percent sign. */
function number(said: string): Converted {
  const plain = said.replaceAll(/[\s,$€£¥%]/g, '');
  if (!/^[+-]?(\d+(?:\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(plain)) {
    return { errorType: 'COULD_NOT_PARSE_NUMBER', errorMessage: `${said} is no number` };
  }
  return { value: plain };
}

const orders = { MONTH_DAY_YEAR: 'mdy', DAY_MONTH_YEAR: 'dmy', YEAR_MONTH_DAY: 'ymd' } as const;

/** In the order that the request says, or ISO 8601; a time is one of the request's or the account's time zone. */
function date(store: Store, property: Property, said: string, { dateFormat, timeZone }: Dates): Converted {
  const error = { errorType: 'COULD_NOT_PARSE_DATE', errorMessage: `${said} is no date in the order ${dateFormat}` };
  const whole = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/i.test(said) ? parseTime(said) : undefined;
  const local = whole === undefined ? localTime(said, orders[dateFormat]) : undefined;
  if (whole === undefined && !local) return error;
  const zone = timeZone ?? store.account.get(PORTAL, 'account')?.timeZone ?? 'UTC';
  const at = whole ?? local?.toZonedDateTime(property.type === 'date' ? 'UTC' : zone).epochMilliseconds;
  if (at === undefined) return error;
  const day = Math.floor(at / 86_400_000) * 86_400_000;
  return { value: String(property.type === 'date' ? day : at) };
}

function localTime(said: string, order: 'mdy' | 'dmy' | 'ymd'): Temporal.PlainDateTime | undefined {
  const match =
    /^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]m)?)?$/i.exec(
      said,
    );
  if (!match) return undefined;
  const [, a = '', b = '', c = '', hour = '0', minute = '0', second = '0', half] = match;
  // A year in front is understood whatever was said.
  const placed = a.length === 4 ? 'ymd' : order;
  const parts = { [placed[0] ?? '']: a, [placed[1] ?? '']: b, [placed[2] ?? '']: c };
  const year = parts['y'] ?? '';
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  try {
    return Temporal.PlainDateTime.from(
      {
        // Guess: two digits are of this century.
        year: year.length === 2 ? 2000 + Number(year) : Number(year),
        month: Number(parts['m']),
        day: Number(parts['d']),
        hour: hours,
        minute: Number(minute),
        second: Number(second),
      },
      { overflow: 'reject' },
    );
  } catch {
    return undefined;
  }
}
