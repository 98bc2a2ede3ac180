/** What a refused write is called among the errors of an import. */

import type { PortalError } from '../errors.ts';

export interface WriteProblem {
  readonly errorType: string;
  readonly errorMessage: string;
  /** The property to blame, where it is one. */
  readonly property?: string;
  /** The record cannot be written without that value either. */
  readonly fatal: boolean;
}

/** By the codes of the objects API. Guess: everything else is FAILED_VALIDATION. */
const types: Readonly<Record<string, string>> = {
  INVALID_OPTION: 'INVALID_ENUMERATION_OPTION',
  INVALID_EMAIL: 'INVALID_EMAIL',
  INVALID_DATE: 'COULD_NOT_PARSE_DATE',
  INVALID_LONG: 'COULD_NOT_PARSE_DATE',
  INVALID_INTEGER: 'COULD_NOT_PARSE_NUMBER',
  INVALID_OWNER_ID: 'COULD_NOT_FIND_OWNER',
  PROPERTY_DOESNT_EXIST: 'PROPERTY_DEFINITION_NOT_FOUND',
  PROPERTY_VALUE_TOO_LONG: 'COLUMN_TOO_LARGE',
  CONFLICTING_UNIQUE_VALUE: 'DUPLICATE_UNIQUE_PROPERTY_VALUE',
};

export function problemsOf({ status, body }: PortalError): WriteProblem[] {
  const { message } = body;
  if (status === 409) return [{ errorType: 'DUPLICATE_UNIQUE_PROPERTY_VALUE', errorMessage: message, fatal: true }];
  const missing = body.context?.['properties'];
  if (missing) return [{ errorType: 'MISSING_REQUIRED_PROPERTY', errorMessage: message, fatal: true }];
  const coded = (body.errors ?? []).filter(({ code }) => code !== undefined);
  if (coded.length === 0) return [{ errorType: 'UNKNOWN_BAD_REQUEST', errorMessage: message, fatal: true }];
  return coded.map((detail) => {
    const property = detail.context?.['propertyName']?.[0];
    const errorType = types[detail.code ?? ''] ?? 'FAILED_VALIDATION';
    const fatal = errorType === 'DUPLICATE_UNIQUE_PROPERTY_VALUE';
    return { errorType, errorMessage: detail.message, fatal, ...(property !== undefined && { property }) };
  });
}
