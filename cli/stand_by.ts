/**
 * Waits for the right to write: who comes second stands by, and takes over when the first ends,
 * however it ends.
 *
 * @module
 */

import type { WriterLock } from "../core/writer_lock.ts";
import { Wish } from "./lent_turn.ts";
import { findServer, type ServerNote } from "./server_file.ts";
import { takeHomeLock } from "./home_lock.ts";
import type { Workspace } from "./workspace.ts";

/** The lock, once it is this process's turn. */
export interface Turn {
  readonly lock: WriterLock;
  /** Whether another process held it before. */
  readonly hasWaited: boolean;
}

const LOOK_EVERY_MS = 250;
/** A one-shot command is mostly done by then, and a server that starts has said who it is. */
const NAMELESS_FOR_MS = 3000;

/**
 * Takes the lock of the home, when it is free; until then this process stands by, and says so.
 *
 * @param onStandBy is called with the server that goes first, if it is one
 * @returns undefined when `signal` was aborted before
 */
export async function awaitTurn(
  { home, io, globals }: Workspace,
  signal: AbortSignal,
  onStandBy: (first: ServerNote) => unknown = () => {},
): Promise<Turn | undefined> {
  let isTold = false;
  using wish = new Wish(home);
  for (let waitedMs = 0; !signal.aborted; waitedMs += LOOK_EVERY_MS) {
    const lock = takeHomeLock(home);
    if (lock) return { lock, hasWaited: waitedMs > 0 };
    wish.tell();
    const first = isTold ? undefined : await findServer(home);
    if (!isTold && (first || waitedMs >= NAMELESS_FOR_MS)) {
      isTold = true;
      // Documents alone go to stdout, where those are asked for.
      (globals.json ? io.stderr : io.stdout).write(`${standByText(first)}\n`);
      if (first) onStandBy(first);
    }
    await io.clock.sleep(LOOK_EVERY_MS, signal);
  }
  return undefined;
}

function standByText(first: ServerNote | undefined): string {
  if (!first) return "Standing by: another blueplane is reading; this one starts when it is done";
  const what = first.machine === undefined ? "server" : "capture worker";
  const place = first.url === "" ? "" : ` at ${first.url}`;
  return `Standing by: a ${what} runs already (pid ${first.pid})${place}; ` +
    "this one takes over when it ends";
}
