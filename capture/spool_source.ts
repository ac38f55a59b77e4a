/**
 * The spool as a source: hands over what hooks left, and removes a file once its events are
 * durable, or stored where the queue can be lost. Killed in between, it hands over the same
 * events again, and they are known.
 *
 * @module
 */

import type { Checkpoint } from "../core/checkpoints.ts";
import { decodeEvent, encodeEvent, EventError, type TelemetryEvent } from "../core/event.ts";
import type { Clock } from "../core/clock.ts";
import type { Intake } from "../core/intake.ts";
import { literal } from "../core/privacy.ts";
import type { Gate } from "./gate.ts";
import type { Pending, ReadTotals, Source, SourceInspection } from "./platform.ts";
import { isSpooled, isUnfinished } from "./spool.ts";

/** What a {@linkcode SpoolSource} works with. */
export interface SpoolOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly gate: Gate;
  readonly intake: Intake;
  readonly onProblem: (problem: string, path: string) => void;
  /**
   * For a queue that can be lost: the position of this source up to which all is stored.
   */
  readonly storedPosition?: (() => Promise<number>) | undefined;
}

/** What stands in the place of a platform's name: events of all of them lie here. */
export const SPOOL_ID = literal("spool");

/** Says how far the spool was handed over, to whoever stores it. */
const MARK: Checkpoint = {
  id: SPOOL_ID,
  platform: SPOOL_ID,
  sessionId: null,
  fileId: "",
  head: "",
  position: 0,
  size: 0,
  modifiedAt: 0,
  lines: 0,
  linesMalformed: 0,
  linesUnknown: 0,
  state: "{}",
  drift: "{}",
  transient: true,
};

const FILES_MAX = 500;
const FILE_BYTES_MAX = 16 * 1024 * 1024;
const UNFINISHED_FOR_MS = 3_600_000;

/** Reads the spool; see {@linkcode Source}. The folder is one item, however many files it has. */
export class SpoolSource implements Source {
  readonly platform = SPOOL_ID;
  readonly #options: SpoolOptions;
  /** Files that were read and cannot be removed. */
  readonly #stuck = new Set<string>();
  /** Files that were handed over and are not yet known to be stored, with their position. */
  readonly #handed = new Map<string, number>();
  #position = 0;

  constructor(options: SpoolOptions) {
    this.#options = options;
  }

  get roots(): readonly string[] {
    return this.#entries() === undefined ? [] : [this.#options.folder];
  }

  scan(): readonly Pending[] {
    const { folder, clock } = this.#options;
    const names = this.#names();
    if (names.length === 0 && this.#handed.size === 0) return [];
    const bytes = names.reduce((sum, name) => sum + (this.#stat(name)?.size ?? 0), 0);
    // Newer than any file: what hooks told is read first.
    return [{ path: folder, bytes, modifiedAt: clock.now() }];
  }

  check(paths: readonly string[]): readonly Pending[] {
    return paths.length === 0 ? [] : this.scan();
  }

  /** Nobody waits for the spool as for the files of a platform. */
  coverage(): { filesDone: number; filesTotal: number } {
    return { filesDone: 0, filesTotal: 0 };
  }

  unread(): number {
    return 0;
  }

  async read(_path: string, totals: ReadTotals, signal: AbortSignal): Promise<void> {
    const names = this.#names();
    for (let at = 0; at < names.length && !signal.aborted; at += FILES_MAX) {
      await this.#take(names.slice(at, at + FILES_MAX), totals);
    }
    this.#removeUnfinished();
  }

  async flush(): Promise<void> {
    await this.#removeStored();
  }

  async rewind(): Promise<void> {
    this.#handed.clear();
  }

  inspect(): SourceInspection {
    return {
      files: this.#names().length,
      unreadable: [],
      foldersUnreadable: 0,
      goneSessions: [],
    };
  }

  async #take(names: readonly string[], totals: ReadTotals): Promise<void> {
    const events: string[] = [];
    const taken: string[] = [];
    for (const name of names) {
      const text = this.#text(name);
      if (text === undefined) continue;
      taken.push(name);
      totals.files++;
      totals.bytes += text.length;
      let broken = text === "" ? 1 : 0;
      for (const line of text.split("\n")) {
        if (line === "") continue;
        const event = readEvent(line);
        const kept = event && this.#options.gate.admit(event);
        if (event === undefined) broken++;
        else if (kept) events.push(encodeEvent(kept));
      }
      totals.linesMalformed += broken;
      if (broken > 0) this.#tell("Cannot use what a hook left: it is broken", name);
    }
    totals.events += events.length;
    if (this.#options.storedPosition && events.length > 0) {
      await this.#handOver(events, taken);
    } else {
      if (events.length > 0) await this.#options.intake.accept(events, []);
      for (const name of taken) this.#remove(name);
    }
  }

  async #handOver(events: readonly string[], names: readonly string[]): Promise<void> {
    const { clock, intake, storedPosition } = this.#options;
    // Behind all that was handed over before, even where the clock was set back.
    const before = Math.max(this.#position, await storedPosition?.() ?? 0);
    this.#position = Math.max(before + 1, clock.now());
    const position = this.#position;
    await intake.accept(events, [{ ...MARK, position, size: position, modifiedAt: position }]);
    for (const name of names) this.#handed.set(name, position);
  }

  async #removeStored(): Promise<void> {
    const { storedPosition } = this.#options;
    if (!storedPosition || this.#handed.size === 0) return;
    const stored = await storedPosition();
    for (const [name, position] of this.#handed) {
      if (position > stored) continue;
      this.#handed.delete(name);
      this.#remove(name);
    }
  }

  /** Undefined for a file that is gone, or that nobody can read. */
  #text(name: string): string | undefined {
    try {
      const { size = 0 } = this.#stat(name) ?? {};
      // No hook writes so much; whatever it is, it is not read into memory.
      if (size > FILE_BYTES_MAX) return "";
      return Deno.readTextFileSync(this.#at(name));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || !(error instanceof Error)) return undefined;
      this.#stuck.add(name);
      this.#tell(`Cannot read what a hook left: ${error.name}`, name);
      return undefined;
    }
  }

  #remove(name: string): void {
    try {
      Deno.removeSync(this.#at(name));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      if (!(error instanceof Error)) throw error;
      this.#stuck.add(name);
      this.#tell(`Cannot remove what a hook left: ${error.name}`, name);
    }
  }

  /** What a hook was killed over; one that is being written is younger. */
  #removeUnfinished(): void {
    const now = this.#options.clock.now();
    for (const { name } of this.#entries() ?? []) {
      if (!isUnfinished(name)) continue;
      const changedAt = this.#stat(name)?.mtime?.getTime() ?? now;
      if (now - changedAt > UNFINISHED_FOR_MS) this.#remove(name);
    }
  }

  /** The oldest first: their names begin with their time. */
  #names(): string[] {
    return (this.#entries() ?? []).map(({ name }) => name)
      .filter((name) => isSpooled(name) && !this.#stuck.has(name) && !this.#handed.has(name))
      .sort();
  }

  #entries(): Deno.DirEntry[] | undefined {
    try {
      return [...Deno.readDirSync(this.#options.folder)].filter(({ isFile }) => isFile);
    } catch (error) {
      if (error instanceof Error) return undefined;
      throw error;
    }
  }

  #stat(name: string): Deno.FileInfo | undefined {
    try {
      return Deno.statSync(this.#at(name));
    } catch (error) {
      if (error instanceof Error) return undefined;
      throw error;
    }
  }

  #at(name: string): string {
    return `${this.#options.folder}/${name}`;
  }

  #tell(problem: string, name: string): void {
    this.#options.onProblem(problem, this.#at(name));
  }
}

/** What has no place in an event is left out; undefined for what is none. */
function readEvent(line: string): TelemetryEvent | undefined {
  try {
    return decodeEvent(line);
  } catch (error) {
    if (error instanceof EventError) return undefined;
    throw error;
  }
}
