/** Serves MCP on stdin and stdout. What has been received when stdin ends is still answered: `printf … | node main.js` works. */

import { PassThrough, type Readable, type Writable } from 'node:stream';
import {
  isJSONRPCErrorResponse,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type RequestId,
} from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio as serveTransport } from '@modelcontextprotocol/server/stdio';
import type { Toolbox } from '../calls/toolbox.ts';
import { type Clock, type Random, sleep } from '../clock.ts';
import { mcpServerFactory } from './server.ts';

export interface StdioOptions {
  readonly stdin: Readable;
  /** Carries nothing but the protocol. */
  readonly stdout: Writable;
  /** Resolves when the process is asked to end; then nothing more is waited for. */
  readonly ended: Promise<void>;
  readonly clock: Clock;
  readonly random: Random;
  /** How long the last requests may take once stdin has ended, in milliseconds. */
  readonly lastWaitMs: number;
  readonly log: (message: string) => void;
}

/** Resolves when the client has closed either end and has been answered, or when the process is asked to end. */
export async function serveStdio(
  toolbox: Toolbox,
  { stdin, stdout, ended, clock, random, lastWaitMs, log }: StdioOptions,
): Promise<void> {
  // The transport drops what is unanswered when its input ends, so its input does not end before that.
  const input = new PassThrough();
  const transport = new CountingTransport(input, stdout);
  const server = serveTransport(mcpServerFactory(toolbox, random.uuid()), {
    transport,
    onerror: (error) => log(`MCP over stdio: ${error.message}`),
  });
  const received = new Promise<void>((resolve) => {
    stdin.once('end', resolve);
    stdin.once('close', resolve);
  });
  const unread = new Promise<void>((resolve) => void stdout.once('error', () => resolve()));
  stdin.on('error', (error) => log(`MCP over stdio: ${error.message}`));
  stdin.pipe(input, { end: false });

  const waiting = new AbortController();
  const lastAnswers = async () => {
    await received;
    // The last line may lack its end. Once this one has been passed on, so has everything before it.
    await new Promise<void>((resolve) => void input.write('\n', () => resolve()));
    await sleep(clock, 0);
    const late = sleep(clock, lastWaitMs, waiting.signal).catch(() => undefined);
    await Promise.race([transport.answered(), late]);
  };
  await Promise.race([lastAnswers(), unread, ended]);
  waiting.abort();
  await server.close();
  stdin.unpipe(input);
  stdin.pause();
}

/** Knows which requests still wait for their answer. */
class CountingTransport extends StdioServerTransport {
  readonly #open = new Set<RequestId>();
  #idle: () => void = () => undefined;

  /** Whoever serves the transport has by now said what hears its messages. */
  override start(): Promise<void> {
    const hear = this.onmessage;
    const onmessage = (message: JSONRPCMessage) => {
      // A subscription is never answered, and nor is a request that the client has given up.
      if (isJSONRPCRequest(message) && message.method !== 'subscriptions/listen') this.#open.add(message.id);
      if (isJSONRPCNotification(message) && message.method === 'notifications/cancelled') {
        this.#settle(message.params?.['requestId']);
      }
      hear?.(message);
    };
    Object.assign(this, { onmessage });
    return super.start();
  }

  override async send(message: JSONRPCMessage): Promise<void> {
    await super.send(message);
    if (isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) this.#settle(message.id);
  }

  /** Resolves when no request waits for its answer. */
  answered(): Promise<void> {
    return new Promise((resolve) => {
      this.#idle = resolve;
      this.#settle(undefined);
    });
  }

  #settle(id: unknown): void {
    if (typeof id === 'string' || typeof id === 'number') this.#open.delete(id);
    if (this.#open.size === 0) this.#idle();
  }
}
