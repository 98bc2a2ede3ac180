import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, type RedisServer, startRedis } from '../../../bench/quota/redis-server.ts';

const run = promisify(execFile);

let folder = '';
let redis: RedisServer;
let url = '';
beforeAll(async () => {
  folder = await mkdtemp(join(import.meta.dirname, '../../../node_modules/.quota-tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const forThisMachine = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const output = ['-keyout', key, '-out', certificate, '-days', '1'];
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...forThisMachine, ...output]);
  const port = await freePort();
  const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate];
  redis = await startRedis('--tls-port', String(port), ...files, '--tls-auth-clients', 'no');
  url = `rediss://127.0.0.1:${port}`;
  await build({
    input: { take: join(import.meta.dirname, 'take.ts') },
    platform: 'node',
    external: [/^[^./]/],
    output: { dir: folder, format: 'esm' },
  });
}, 60_000);
afterAll(async () => {
  await redis.close();
  await rm(folder, { recursive: true });
});

/** A process of its own, as Node reads the certificates that it trusts when it starts. */
async function take(trusted: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await run(process.execPath, [join(folder, 'take.js'), url], {
    env: { ...process.env, ...trusted },
  });
  return stdout;
}

describe('An encrypted connection to Redis', () => {
  it('works where its certificate is trusted', async () => {
    expect(await take({ NODE_EXTRA_CA_CERTS: join(folder, 'certificate.pem') })).toContain(
      'Nothing is sent to HubSpot',
    );
  }, 30_000);

  it('is refused where it is not, and the operator is told why', async () => {
    expect(await take({})).toMatch(/Redis is out of reach.*self-signed certificate/);
  }, 30_000);
});
