/** In which versions the file manager answers, and what it was compared with. */

import type { ApiVersion } from '../versions.ts';

export const source = {
  page: 'developers.hubspot.com/docs/api-reference/legacy/files/guide',
  compared: '2026-11-22',
};

/** Of one file or folder; 2026-09 has them in its beta only. */
export const singleFileVersions: readonly ApiVersion[] = ['v3', '2026-03', '2026-09-beta'];

/** Of searches and tasks. */
export const fileVersions: readonly ApiVersion[] = ['v3', '2026-03', '2026-09', '2026-09-beta'];
