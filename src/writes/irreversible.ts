import type { Change } from './change.ts';

/** What no tool can take back of a change, and what HubSpot offers instead; undefined when undo_changes can. */
export function irreversibleNote(change: Change): string | undefined {
  if (change.kind === 'archive') return 'A person can restore archived records in HubSpot within 90 days; no tool can.';
  if (change.kind === 'merge')
    return 'A merge cannot be undone, not even by a person: of the merged record only a snapshot is left in the journal.';
  if (change.kind !== 'define') return undefined;
  switch (change.step) {
    case 'archive_property':
      return "A person can restore an archived property in HubSpot's settings within 90 days; no tool can.";
    case 'archive_group':
    case 'archive_pipeline':
    case 'archive_stage':
    case 'archive_schema':
      return 'No tool brings an archived definition back; it has to be made anew.';
    case 'archive_label':
      return 'Every association loses this label for good; no tool brings it back.';
    case 'associate_schema':
      return 'No tool takes back that two object types can be associated.';
    default:
      return undefined;
  }
}
