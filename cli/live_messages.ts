/**
 * What `metrics --watch --json` prints: messages as those of `/ws/metrics`, a line each.
 *
 * @module
 */

import type { Io } from "./io.ts";
import type { LiveView } from "./live_lines.ts";

/** Only who writes learns that nobody reads any more. */
const SILENT_MAX_MS = 5000;

/** Prints all numbers first, then those that changed, and a sign of life where none does. */
export class LiveMessages implements Disposable {
  readonly #io: Io;
  #sent: Readonly<Record<string, number>> | undefined;
  #sentAt = -Infinity;
  #trouble: string | undefined;

  constructor(io: Io) {
    this.#io = io;
  }

  /** Prints what is new in a view; why it may be old goes to stderr, once. */
  show(view: LiveView): void {
    const { stderr, clock } = this.#io;
    if (view.trouble !== this.#trouble) {
      stderr.write(
        view.trouble === undefined ? "note: reading goes on\n" : `warning: ${view.trouble}\n`,
      );
    }
    this.#trouble = view.trouble;
    const numbers = view.picture.periods[view.period]?.numbers ?? {};
    const before = this.#sent;
    const names = new Set([...Object.keys(before ?? {}), ...Object.keys(numbers)]);
    const changed = [...names].filter((name) => before?.[name] !== numbers[name]);
    const isSilent = changed.length === 0 && before !== undefined;
    if (isSilent && clock.now() - this.#sentAt < SILENT_MAX_MS) return;
    this.#sent = numbers;
    this.#sentAt = clock.now();
    const data = Object.fromEntries(changed.map((name) => [name, numbers[name] ?? null]));
    this.#print(before ? isSilent ? "heartbeat" : "change" : "snapshot", view, data);
  }

  [Symbol.dispose](): void {}

  #print(
    type: "snapshot" | "change" | "heartbeat",
    { picture, period, source }: LiveView,
    data: Readonly<Record<string, number | null>>,
  ): void {
    const message = {
      schema: "blueplane.live/1",
      type,
      timestamp: new Date(picture.madeAt).toISOString(),
      period,
      source,
      data,
    };
    this.#io.stdout.write(`${JSON.stringify(message)}\n`);
  }
}
