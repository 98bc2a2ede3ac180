/**
 * Links that lead out of HubSpot, in text: a client that shows or fetches what stands there would carry to their hosts
 * what a stranger has asked for. The host stays as a word.
 */

/** HubSpot's own pages. Not its hosts for customers' sites, forms, files and meetings, where anybody can have a page. */
const OWN_HOSTS = /^(?:(?:app|api|developers|knowledge|status)(?:-[a-z]{2}\d)?\.hubspot\.com|api\.hubapi\.com)$/;

/** With a scheme, or without one where renderers still make a link of it. */
const links =
  /(?:[a-z][a-z0-9+.-]{1,20}:[\\/]{2}|(?<![\w/])\/\/(?=[\w-]+\.[\w-])|(?<![\w.])www\.(?=[\w-]))[^\s<>"`{}|^]+/giu;

/** Any of these is in what {@link withoutForeignLinks} changes. */
const suspect = /[:/][\\/]|www\.|\]\(/i;

/** A whole cell that is a web address, of characters that no renderer takes for the end of it. */
const address = /^https?:\/\/[\w.~:/?#@!$&*+,;=%-]{1,2000}$/i;

export function isWebAddress(text: string): boolean {
  return address.test(text);
}

/** @param hosts others that links may lead to */
export function withoutForeignLinks(text: string, hosts: ReadonlySet<string>): string {
  if (!suspect.test(text)) return text;
  // With a space between them they are no link to any renderer.
  const apart = text.replaceAll('](', '] (');
  return apart.replace(links, (found: string, at: number) => {
    const link = found.slice(0, endOf(found));
    const rest = found.slice(link.length);
    // This server's own resources.
    if (/^hubspot:/i.test(link)) return found;
    const host = hostOf(link);
    if (host !== undefined && (OWN_HOSTS.test(host) || hosts.has(host))) return found;
    const bracketed = apart.endsWith('(', at) && rest.startsWith(')');
    const shown = host?.slice(-LONGEST_HOST).replace(/^(?:www\.)+/, '');
    return (shown === undefined ? '[link]' : bracketed ? shown : `[link: ${shown}]`) + rest;
  });
}

/** Without the punctuation of the sentence that it stands in. */
function endOf(link: string): number {
  let end = link.length;
  while (end > 0 && ".,;:!?'*_~()[]".includes(link.charAt(end - 1))) end -= 1;
  return end;
}

/** Longer, it would be a message. */
const LONGEST_HOST = 60;

function hostOf(link: string): string | undefined {
  const url = /^[\\/]/.test(link) ? `https:${link}` : /^www\./i.test(link) ? `https://${link}` : link;
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return hostname === '' ? undefined : hostname;
}
