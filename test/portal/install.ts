/** Installs an app in a portal that listens on a socket, as a user's browser and the app's server do together. */

import { type App, demoApp } from '../../src/portal/oauth/app.ts';

export const redirectUri = demoApp.redirectUris[0] ?? '';

/** Where the browser is sent when the user has consented. */
export async function authorize(url: string, parameters: Readonly<Record<string, string>> = {}): Promise<Response> {
  const query = new URLSearchParams({
    client_id: demoApp.clientId,
    redirect_uri: redirectUri,
    scope: 'crm.objects.contacts.read crm.objects.contacts.write',
    ...parameters,
  });
  return fetch(`${url}/oauth/authorize?${query.toString()}`, { redirect: 'manual' });
}

/** The code that the app is sent. */
export async function codeFor(url: string, parameters: Readonly<Record<string, string>> = {}): Promise<string> {
  const answer = await authorize(url, parameters);
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code');
  if (code === null) throw new Error(`No code: ${answer.status} ${await answer.text()}`);
  return code;
}

/** The credentials that an app sends, and where a code was sent. */
export function credentials(app: App = demoApp): Record<string, string> {
  return { client_id: app.clientId, client_secret: app.clientSecret, redirect_uri: app.redirectUris[0] ?? '' };
}

export async function postForm(
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
}
