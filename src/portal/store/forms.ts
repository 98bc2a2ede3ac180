/** Forms and what was submitted to them. */

import type { Database } from '../../sqlite.ts';
import type { Counters } from './counters.ts';
import type { DefinitionSet, DefinitionTables } from './definitions.ts';

/** Fields that a submission may hold, in the words of HubSpot's form definitions. */
export interface FormField {
  readonly objectTypeId: string;
  readonly name: string;
  readonly label: string;
  readonly fieldType: string;
  readonly required: boolean;
  readonly hidden: boolean;
  readonly options?: readonly { readonly label: string; readonly value: string }[];
  readonly validation?: Readonly<Record<string, unknown>>;
  readonly dependentFields: readonly { readonly dependentCondition: unknown; readonly dependentField: FormField }[];
}

export interface StoredForm {
  readonly id: string;
  readonly formType: string;
  readonly name: string;
  /** Milliseconds since the epoch, like every time here. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly archivedAt?: number;
  readonly fieldGroups: readonly { readonly fields: readonly FormField[] }[];
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly displayOptions: Readonly<Record<string, unknown>>;
  readonly legalConsentOptions: Readonly<Record<string, unknown>>;
}

export interface StoredSubmission {
  readonly conversionId: string;
  readonly submittedAt: number;
  readonly pageUrl?: string;
  readonly values: readonly { readonly name: string; readonly value: string; readonly objectTypeId: string }[];
  readonly legalConsentOptions?: unknown;
}

export interface FormTables {
  /** In scope `PORTAL`, by id. */
  readonly definitions: DefinitionSet<StoredForm>;
  /** In scope `PORTAL`: the contact that a browser's cookie (hutk) belongs to. */
  readonly visitors: DefinitionSet<string>;
  submit(formId: string, submission: StoredSubmission): void;
  /** Newest first; `from` counts from 0. */
  submissions(formId: string, page: { readonly limit: number; readonly from: number }): StoredSubmission[];
}

export function formTables(database: Database, ids: Counters, { set }: Pick<DefinitionTables, 'set'>): FormTables {
  database.exec(`
    CREATE TABLE IF NOT EXISTS form_submissions (
      id INTEGER PRIMARY KEY, form_id TEXT NOT NULL, submitted_at INTEGER NOT NULL, value TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS form_submissions_of_form ON form_submissions (form_id, submitted_at, id);
  `);
  const insert = database.prepare(
    'INSERT INTO form_submissions (id, form_id, submitted_at, value) VALUES (?, ?, ?, ?)',
  );
  const select = database.prepare<{ value: string }>(`
    SELECT value FROM form_submissions WHERE form_id = ? ORDER BY submitted_at DESC, id DESC LIMIT ? OFFSET ?`);
  return {
    definitions: set('form'),
    visitors: set('formVisitor'),
    submit(formId, submission) {
      const id = Number(ids.next('formSubmission', 1));
      insert.run(id, formId, submission.submittedAt, JSON.stringify(submission));
    },
    submissions: (formId, { limit, from }) => select.all(formId, limit, from).map(({ value }) => JSON.parse(value)),
  };
}
