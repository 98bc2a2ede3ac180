import { createServer, request as send } from 'node:http';

/** What went over the wire since the last `reset`. */
export interface Testimony {
  readonly requests: number;
  readonly tooMany: number;
}

/** A proxy before a portal that counts. It adds time, so it is used where counts matter and milliseconds do not. */
export interface Witness {
  readonly url: string;
  reset(): void;
  testimony(): Testimony;
  close(): Promise<void>;
}

export async function startWitness(portalUrl: string): Promise<Witness> {
  let requests = 0;
  let tooMany = 0;
  const server = createServer((incoming, outgoing) => {
    requests += 1;
    const target = new URL(incoming.url ?? '/', portalUrl);
    const onward = send(
      target,
      { method: incoming.method, headers: { ...incoming.headers, host: target.host } },
      (answer) => {
        if (answer.statusCode === 429) tooMany += 1;
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', (error) => outgoing.destroy(error));
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The counting proxy has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    reset() {
      requests = 0;
      tooMany = 0;
    },
    testimony: () => ({ requests, tooMany }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
