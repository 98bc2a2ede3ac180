import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** A real redis-server on this machine that keeps nothing on disk unless it is told to SAVE. */
export interface RedisServer {
  readonly url: string;
  /** Runs a command over a connection of its own. */
  command(name: string, ...args: (string | number)[]): Promise<unknown>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** As if the machine had gone. */
  kill(): Promise<void>;
  /** A new one at the same address, which knows of the old one what that has saved. */
  start(...args: string[]): Promise<void>;
  /** Kills it and removes what it saved. */
  close(): Promise<void>;
}

export async function startRedis(...args: string[]): Promise<RedisServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'quota-redis-'));
  const url = `redis://127.0.0.1:${port}`;
  let running: ChildProcess | undefined;

  const command: RedisServer['command'] = async (name, ...rest) => {
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: 0 });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await redis.call(name, rest);
    } finally {
      redis.disconnect();
    }
  };

  const start: RedisServer['start'] = async (...more) => {
    const options = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'no',
    ];
    const child = spawn('redis-server', [...options, ...more], { stdio: ['ignore', 'pipe', 'ignore'] });
    running = child;
    await new Promise<void>((resolve, reject) => {
      child.once('error', (cause) =>
        reject(new Error('There is no redis-server here. On Debian: apt-get install redis-server', { cause })),
      );
      child.once('exit', () => reject(new Error('redis-server ended at once')));
      child.stdout.on('data', (chunk: Buffer) => {
        if (chunk.includes('Ready to accept connections')) resolve();
      });
    });
  };

  const kill = async () => {
    const child = running;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  };

  await start(...args);
  return {
    url,
    command,
    signal: (signal) => void running?.kill(signal),
    kill,
    start,
    async close() {
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  });
}
