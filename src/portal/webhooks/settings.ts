/** `/webhooks/{appId}/settings`: where an app's webhooks go, and how many requests at once. */

import { integer, readBody, shape, text } from '../body.ts';
import { invalid, notFound } from '../errors.ts';
import { PORTAL } from '../store/store.ts';
import { isoTime } from '../time.ts';
import { managedApp } from './developer.ts';
import type { WebhookRoute } from './webhook-route.ts';

const change = shape('SettingsChangeRequest', {
  targetUrl: text,
  throttling: shape('ThrottlingSettings', { maxConcurrentRequests: integer }),
});

export const settingsRoutes: readonly WebhookRoute[] = [
  {
    method: 'GET',
    path: 'settings',
    handle(call) {
      const { appId } = managedApp(call);
      const settings = call.store.webhooks.settings.get(PORTAL, String(appId));
      // Guess: the words for an app without settings.
      if (!settings) throw notFound(`No webhook settings found for app ${appId}`);
      return { status: 200, body: settings };
    },
  },
  {
    method: 'PUT',
    path: 'settings',
    /** HubSpot may use the old ones for some minutes; here they hold at once. */
    handle(call) {
      const { appId } = managedApp(call);
      const { targetUrl, throttling } = readBody(call, change);
      checkTarget(targetUrl);
      // Guess: the words for too few concurrent requests.
      if (throttling.maxConcurrentRequests <= 5) {
        throw invalid(`maxConcurrentRequests must be greater than 5, but was ${throttling.maxConcurrentRequests}`);
      }
      const now = isoTime(call.now);
      const createdAt = call.store.webhooks.settings.get(PORTAL, String(appId))?.createdAt ?? now;
      const settings = { targetUrl, throttling, createdAt, updatedAt: now };
      call.store.webhooks.settings.put(PORTAL, String(appId), settings);
      return { status: 200, body: settings };
    },
  },
  {
    method: 'DELETE',
    path: 'settings',
    /** Guess: what was not sent yet is not sent any more, and deleting what is not there is no error. */
    handle(call) {
      const { appId } = managedApp(call);
      call.store.webhooks.settings.delete(PORTAL, String(appId));
      call.store.webhooks.events.discard(appId);
      return { status: 204 };
    },
  },
];

/** HubSpot sends to public https addresses only. Here http is good too where it leads to this machine: that is for tests. */
function checkTarget(targetUrl: string): void {
  const url = URL.canParse(targetUrl) ? new URL(targetUrl) : undefined;
  const local = url?.protocol === 'http:' && /^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname);
  // Guess: the words for an address that is not https.
  if (url?.protocol !== 'https:' && !local) throw invalid(`targetUrl must be a valid https URL, but was ${targetUrl}`);
}
