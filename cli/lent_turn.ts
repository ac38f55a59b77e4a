/**
 * The right to write, lent: who serves an assistant writes as long as nobody else wants to, and
 * gives way to a server or a command that does.
 *
 * The lender holds a second lock beside that of the home. Who finds the home taken, and lent,
 * holds a third one: the lender looks at that some times a second, and lets go.
 *
 * @module
 */

import type { Home } from "../core/home.ts";
import { isLocked, takeWriterLock, type WriterLock } from "../core/writer_lock.ts";
import { takeHomeLock } from "./home_lock.ts";
import type { Workspace } from "./workspace.ts";

const TRY_EVERY_MS = 50;
/** What was read last is folded until then. */
const LENT_WITHIN_MS = 10_000;

/** Says that one wants to write, as long as it is not disposed. */
export class Wish implements Disposable {
  readonly #home: Home;
  #lock: WriterLock | undefined;

  constructor(home: Home) {
    this.#home = home;
  }

  /** Says so; several may. @returns whether whoever writes will give way */
  tell(): boolean {
    this.#lock ??= takeWriterLock(this.#home.wanted);
    return isLocked(this.#home.lent);
  }

  [Symbol.dispose](): void {
    this.#lock?.[Symbol.dispose]();
    this.#lock = undefined;
  }
}

/** Takes the lock of the home; one that only lends it gives way first. */
export async function takeLentTurn(
  { home, io }: Pick<Workspace, "home" | "io">,
): Promise<WriterLock | undefined> {
  using wish = new Wish(home);
  for (let waitedMs = 0;; waitedMs += TRY_EVERY_MS) {
    const lock = takeHomeLock(home);
    if (lock || waitedMs >= LENT_WITHIN_MS || !wish.tell()) return lock;
    await io.clock.sleep(TRY_EVERY_MS);
  }
}

/**
 * Takes the lock of the home, to give it back when {@linkcode isWanted}.
 *
 * @returns undefined if it is not free
 */
export function lendTurn(home: Home): Disposable | undefined {
  if (isWanted(home)) return undefined;
  using stack = new DisposableStack();
  const lock = takeHomeLock(home);
  if (!lock) return undefined;
  stack.use(lock);
  // Somebody may be looking at it just now; then all is tried again.
  const lent = takeWriterLock(home.lent);
  if (!lent) return undefined;
  stack.use(lent);
  return stack.move();
}

/** Whether somebody waits for the lock that is lent. */
export function isWanted(home: Home): boolean {
  return isLocked(home.wanted);
}
