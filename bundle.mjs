// Rolldown's own command prints a table of all chunks; this says only what went wrong.
import { build } from 'rolldown';
import { loadConfig } from 'rolldown/config';

for (const config of process.argv.slice(2)) await build(await loadConfig(config));
