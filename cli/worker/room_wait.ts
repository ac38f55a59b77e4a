/**
 * Says that a worker waits for the machine that processes, and that it goes on.
 *
 * @module
 */

import { formatCount } from "../../core/format.ts";
import type { Io } from "../io.ts";

/** Waiting for a moment is how sources are slowed down, and nothing to speak of. */
const SILENT_MS = 2000;

/** Tells once for each wait that is long. */
export class RoomWait {
  readonly #io: Io;
  #since: number | undefined;
  #isTold = false;

  constructor(io: Io) {
    this.#io = io;
  }

  /** Takes how many events wait in Redis, again and again; 0 once there is room. */
  tell(waiting: number): void {
    const { clock, stderr } = this.#io;
    if (waiting === 0) {
      if (this.#isTold) stderr.write("note: publishing goes on\n");
      this.#since = undefined;
      this.#isTold = false;
      return;
    }
    this.#since ??= clock.now();
    if (this.#isTold || clock.now() - this.#since < SILENT_MS) return;
    this.#isTold = true;
    stderr.write(
      `warning: ${formatCount(waiting)} events wait in Redis already; waiting until the server ` +
        "that processes has taken some\n",
    );
  }
}
