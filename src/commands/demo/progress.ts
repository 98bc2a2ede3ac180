import { SingleBar } from 'cli-progress';

/** Where a long task says how far it is. */
export interface Progress {
  /** Begins a task of `total` steps and ends the one before. */
  start(title: string, total: number): void;
  at(done: number): void;
  /** Ends the current task; calling it without one does nothing. */
  stop(): void;
}

export interface ProgressStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
}

/** A plain line says something at the start, and then about every tenth. */
const PLAIN_LINES = 10;

/** A bar on a terminal; plain lines where nobody is there to watch a bar, as in a log of a build. */
export function createProgress(stream: ProgressStream): Progress {
  return stream.isTTY === true ? new BarProgress(stream) : new PlainProgress(stream);
}

class BarProgress implements Progress {
  readonly #stream: ProgressStream;
  #bar: SingleBar | undefined;

  constructor(stream: ProgressStream) {
    this.#stream = stream;
  }

  start(title: string, total: number): void {
    this.stop();
    this.#bar = new SingleBar({
      stream: this.#stream,
      format: `${title} {bar} {value}/{total}, {eta_formatted} left`,
      clearOnComplete: true,
      hideCursor: true,
      // The command stops it, also when it is interrupted.
      gracefulExit: false,
    });
    this.#bar.start(total, 0);
  }

  at(done: number): void {
    this.#bar?.update(done);
  }

  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}

class PlainProgress implements Progress {
  readonly #stream: NodeJS.WritableStream;
  #title = '';
  #total = 0;
  #next = 0;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
  }

  start(title: string, total: number): void {
    this.#title = title;
    this.#total = total;
    this.#next = 0;
    this.at(0);
  }

  at(done: number): void {
    if (done < this.#next) return;
    this.#stream.write(`${this.#title}: ${done}/${this.#total}\n`);
    const step = Math.max(1, Math.ceil(this.#total / PLAIN_LINES));
    this.#next = done === this.#total ? Number.POSITIVE_INFINITY : Math.min(this.#total, done + step);
  }

  stop(): void {
    this.#next = Number.POSITIVE_INFINITY;
  }
}
