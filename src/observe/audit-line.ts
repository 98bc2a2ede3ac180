/**
 * One line of the audit log. The lines of one process are a chain: each carries the hash of the one before it, and the
 * first that of the line that was the last in the file then, whoever's it was. So any number of processes append to one
 * file without waiting for each other, and none of their chains can be taken out whole.
 */

import { createHash } from 'node:crypto';

export interface Link {
  /** Of the process. */
  readonly chain: string;
  /** From 1. */
  readonly seq: number;
  /** Of the line before in this chain, or in the file for the first one; empty in a new file. */
  readonly prev: string;
}

/** A line without its end. The hash is of everything before it in the line. */
export function auditLine(link: Link, entry: object): { readonly text: string; readonly hash: string } {
  const body = JSON.stringify({ ...link, ...entry }).slice(0, -1);
  const hash = sha256(body);
  return { text: `${body},"hash":"${hash}"}`, hash };
}

const SHAPE = /^(\{"chain":"([\w-]+)","seq":(\d+),"prev":"([0-9a-f]*)",.*),"hash":"([0-9a-f]{64})"\}$/s;

/** Undefined for what is no line of an audit log, or not the whole of one. */
export function readAuditLine(text: string): (Link & { readonly hash: string; readonly whole: boolean }) | undefined {
  const [, body = '', chain = '', seq = '', prev = '', hash = ''] = SHAPE.exec(text) ?? [];
  return chain === '' ? undefined : { chain, seq: Number(seq), prev, hash, whole: sha256(body) === hash };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
