/**
 * Stops this process as a shell stops its jobs, at Ctrl+Z, with the terminal given back before and
 * taken again afterwards.
 *
 * @module
 */

/** Who has changed the terminal. */
export interface TerminalHold {
  /** Gives it back, as it was found. */
  leave(): void;
  /** Takes it again; also where nothing was left, as a stop from outside comes without a word. */
  take(): void;
}

/** Those who hold the terminal: it is left from the last to the first. */
export class JobStops {
  readonly #holds: TerminalHold[] = [];

  /** Asks this one, too, until it is disposed. */
  add(hold: TerminalHold): Disposable {
    if (Deno.build.os === "windows") return { [Symbol.dispose]() {} };
    if (this.#holds.push(hold) === 1) {
      Deno.addSignalListener("SIGTSTP", this.#stop);
      Deno.addSignalListener("SIGCONT", this.#goOn);
    }
    return { [Symbol.dispose]: () => this.#remove(hold) };
  }

  #remove(hold: TerminalHold): void {
    const at = this.#holds.indexOf(hold);
    if (at < 0) return;
    this.#holds.splice(at, 1);
    if (this.#holds.length > 0) return;
    Deno.removeSignalListener("SIGTSTP", this.#stop);
    Deno.removeSignalListener("SIGCONT", this.#goOn);
  }

  readonly #stop = () => {
    if (isAlone()) return;
    for (const hold of this.#holds.toReversed()) hold.leave();
    Deno.kill(Deno.pid, "SIGSTOP");
  };

  readonly #goOn = () => {
    for (const hold of this.#holds) hold.take();
  };
}

/**
 * Whether no shell is there that could let it go on, as behind `ssh -t host command`: it runs
 * among those that lead their session. Only Linux says so.
 */
function isAlone(): boolean {
  if (Deno.build.os !== "linux") return false;
  const stat = Deno.readTextFileSync("/proc/self/stat");
  // The name before, in brackets, may hold anything.
  const [, , group, session] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return group === session;
}
