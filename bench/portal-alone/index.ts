import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { type PortalFigure, type PortalScale, portalFigure, portalKinds } from './figure.ts';

const run = promisify(execFile);

/** What the embedded portal costs by itself, without clients and sockets. */
export async function measurePortalAlone(scale: PortalScale, onKind: () => void): Promise<PortalFigure[]> {
  const child = fileURLToPath(new URL('portal-alone.js', import.meta.url));
  const figures: PortalFigure[] = [];
  for (const kind of portalKinds) {
    const { stdout } = await run(process.execPath, [child, kind, String(scale.contacts), String(scale.rounds)]);
    figures.push(...z.array(portalFigure).parse(JSON.parse(stdout)));
    onKind();
  }
  return figures;
}

export const PORTAL_PROCESSES = portalKinds.length;
