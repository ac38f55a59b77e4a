/** Someone who takes every call and never says a word, as a wrong port or a dead host may be. */

/** Listens at a free port of 127.0.0.1, until it is disposed. */
export class SilentListener implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #calls: Promise<void>[] = [];
  readonly #callers: Deno.Conn[] = [];
  readonly #listening = this.#listen();

  /** Where it listens. */
  get port(): number {
    return this.#listener.addr.port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    await this.#listening;
    await Promise.all(this.#calls);
    for (const caller of this.#callers) caller.close();
  }

  async #listen(): Promise<void> {
    for await (const caller of this.#listener) {
      this.#callers.push(caller);
      this.#calls.push(untilHungUp(caller));
    }
  }
}

async function untilHungUp(caller: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(4096);
  try {
    while (await caller.read(buffer) !== null);
  } catch (error) {
    // Whoever is killed, or hangs up hard, says no goodbye.
    if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
  }
}
