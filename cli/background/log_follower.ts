/**
 * Follows the log, also over the moment in which it begins anew.
 *
 * @module
 */

import { ifThere } from "../../core/if_there.ts";
import { type LogLine, parseLog, readOlderLogs } from "../../core/log_file.ts";

/** A log that is followed; it need not be there yet. */
export class LogFollower implements Disposable {
  readonly #path: string;
  readonly #decoder = new TextDecoder();
  #file: Deno.FsFile | undefined;
  #rest = "";

  constructor(path: string) {
    this.#path = path;
  }

  /** All that is there; what comes after is news. */
  read(): LogLine[] {
    for (;;) {
      this.#reopen();
      const lines = [...readOlderLogs(this.#path), ...this.#readOn()];
      if (!this.#isReplaced()) return lines;
    }
  }

  /** The lines that came since. */
  news(): LogLine[] {
    const lines = this.#readOn();
    if (!this.#isReplaced()) return lines;
    // Written to the end before the next one was begun.
    lines.push(...this.#readOn());
    this.#reopen();
    return [...lines, ...this.#readOn()];
  }

  [Symbol.dispose](): void {
    this.#file?.close();
  }

  #readOn(): LogLine[] {
    const bytes = new Uint8Array(65_536);
    for (let length; (length = this.#file?.readSync(bytes) ?? null) !== null;) {
      this.#rest += this.#decoder.decode(bytes.subarray(0, length), { stream: true });
    }
    const end = this.#rest.lastIndexOf("\n") + 1;
    const lines = parseLog(this.#rest.slice(0, end));
    this.#rest = this.#rest.slice(end);
    return lines;
  }

  #reopen(): void {
    this.#file?.close();
    this.#file = ifThere(() => Deno.openSync(this.#path));
    this.#rest = "";
  }

  #isReplaced(): boolean {
    const there = ifThere(() => Deno.statSync(this.#path));
    if (!there) return false;
    const open = this.#file?.statSync();
    return open?.ino !== there.ino || open.size > there.size;
  }
}
