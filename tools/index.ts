/** The tools, in reading order. Adding a tool is its file, one line here, and its test. */

import type { Tool } from '../src/tool.ts';
import { aggregateRecords } from './aggregate-records.ts';
import { analyzeMessage } from './analyze-message.ts';
import { archiveAssociationLabel } from './archive-association-label.ts';
import { archiveObjectSchema } from './archive-object-schema.ts';
import { archivePipeline } from './archive-pipeline.ts';
import { archiveProperties } from './archive-properties.ts';
import { archiveRecords } from './archive-records.ts';
import { archiveStages } from './archive-stages.ts';
import { associateRecords } from './associate-records.ts';
import { auditPortal } from './audit-portal.ts';
import { cancelJob } from './cancel-job.ts';
import { createAssociationLabel } from './create-association-label.ts';
import { createObjectSchema } from './create-object-schema.ts';
import { createPipeline } from './create-pipeline.ts';
import { createProperties } from './create-properties.ts';
import { createRecords } from './create-records.ts';
import { dismissFinding } from './dismiss-finding.ts';
import { dissociateRecords } from './dissociate-records.ts';
import { draftReply } from './draft-reply.ts';
import { findAnomalies } from './find-anomalies.ts';
import { findDuplicates } from './find-duplicates.ts';
import { getAccount } from './get-account.ts';
import { getJob } from './get-job.ts';
import { getRecords } from './get-records.ts';
import { judgeDuplicates } from './judge-duplicates.ts';
import { listAssociations } from './list-associations.ts';
import { listChanges } from './list-changes.ts';
import { listObjectTypes } from './list-object-types.ts';
import { listOwners } from './list-owners.ts';
import { listPipelines } from './list-pipelines.ts';
import { listProperties } from './list-properties.ts';
import { logActivity } from './log-activity.ts';
import { logNote } from './log-note.ts';
import { mergeRecords } from './merge-records.ts';
import { planMerge } from './plan-merge.ts';
import { resumeJob } from './resume-job.ts';
import { scoreLeads } from './score-leads.ts';
import { searchRecords } from './search-records.ts';
import { suggestValues } from './suggest-values.ts';
import { summarizeRecord } from './summarize-record.ts';
import { undoChanges } from './undo-changes.ts';
import { updateAssociationLabel } from './update-association-label.ts';
import { updateObjectSchema } from './update-object-schema.ts';
import { updatePipeline } from './update-pipeline.ts';
import { updateProperties } from './update-properties.ts';
import { updateRecords } from './update-records.ts';
import { upsertRecords } from './upsert-records.ts';

export const tools: readonly Tool[] = [
  searchRecords,
  getRecords,
  listAssociations,
  aggregateRecords,
  listPipelines,
  listProperties,
  listObjectTypes,
  listOwners,
  getAccount,
  createRecords,
  updateRecords,
  upsertRecords,
  archiveRecords,
  associateRecords,
  dissociateRecords,
  logNote,
  logActivity,
  createProperties,
  updateProperties,
  archiveProperties,
  createPipeline,
  updatePipeline,
  archivePipeline,
  archiveStages,
  createAssociationLabel,
  updateAssociationLabel,
  archiveAssociationLabel,
  createObjectSchema,
  updateObjectSchema,
  archiveObjectSchema,
  listChanges,
  undoChanges,
  getJob,
  cancelJob,
  resumeJob,
  summarizeRecord,
  findDuplicates,
  judgeDuplicates,
  findAnomalies,
  auditPortal,
  dismissFinding,
  planMerge,
  mergeRecords,
  suggestValues,
  scoreLeads,
  analyzeMessage,
  draftReply,
];
