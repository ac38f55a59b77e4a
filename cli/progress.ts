/**
 * A progress bar for long work, on stderr and only for a terminal.
 *
 * @module
 */

import type { ReadProgress } from "../capture/capture.ts";
import type { Clock } from "../core/clock.ts";
import { formatBytes, formatCounted, formatDuration } from "../core/format.ts";
import type { Io, TextOutput } from "./io.ts";
import { isPlain, obeysSequences } from "./terminal_kind.ts";

const SHOW_AFTER_MS = 300;
const DRAW_EVERY_MS = 80;
const BAR_COLUMNS = 20;
/** A terminal shows Ctrl+C as ^C, which is to stay in the line that is wiped. */
const ECHO_COLUMNS = 3;
const BETWEEN_PARTS = "  ";

type BarSigns = readonly [done: string, left: string];

const LINES: BarSigns = ["━", "╌"];
const ASCII: BarSigns = ["#", "-"];

/**
 * Draws how far the work has come, and wipes its line when all is read, or on dispose. The next
 * read is a work of its own.
 */
export class ProgressBar implements Disposable {
  readonly #output: TextOutput;
  readonly #clock: Clock;
  readonly #isSeen: boolean;
  readonly #signs: BarSigns;
  #startedAt: number | undefined;
  #drawnAt = -Infinity;
  #shown = false;

  constructor(io: Pick<Io, "stderr" | "clock" | "env">) {
    this.#output = io.stderr;
    this.#clock = io.clock;
    this.#isSeen = obeysSequences(io, io.stderr);
    this.#signs = isPlain(io) ? ASCII : LINES;
    this.#startedAt = io.clock.now();
  }

  /** Draws how far a read has come, not too often and not for short work. */
  update(progress: ReadProgress): void {
    if (progress.filesDone < progress.filesTotal) {
      this.#draw((elapsedMs) => progressLine(progress, elapsedMs, this.#signs));
    } else {
      this.#wipe();
      this.#startedAt = undefined;
    }
  }

  /** The same for blocks that are folded again. */
  updateBlocks(done: number, total: number): void {
    this.updateParts("rebuilding", done, total, "blocks");
  }

  /** The same for parts that are counted. */
  updateParts(what: string, done: number, total: number, of: string): void {
    this.#draw((elapsedMs) => {
      const share = total > 0 ? done / total : 1;
      return barLine(what, share, [`${done}/${total} ${of}`], elapsedMs, this.#signs);
    });
  }

  /** The same for bytes that are worked through. */
  updateBytes(what: string, done: number, total: number): void {
    this.#draw((elapsedMs) => {
      const share = total > 0 ? Math.min(1, done / total) : 1;
      return barLine(
        what,
        share,
        [`${formatBytes(done)} of ${formatBytes(total)}`],
        elapsedMs,
        this.#signs,
      );
    });
  }

  /** The same for what has no known end. */
  updateCount(what: string, done: number, of: string): void {
    this.#draw(() => `${what}  ${formatCounted(done, of)}`);
  }

  #draw(line: (elapsedMs: number) => string): void {
    const now = this.#clock.now(), elapsedMs = now - (this.#startedAt ??= now);
    if (!this.#isSeen || elapsedMs < SHOW_AFTER_MS) return;
    if (now - this.#drawnAt < DRAW_EVERY_MS) return;
    this.#drawnAt = now;
    this.#shown = true;
    this.#output.write(`\r\x1b[K${fit(line(elapsedMs), this.#output.columns() - ECHO_COLUMNS)}`);
  }

  [Symbol.dispose](): void {
    this.#wipe();
  }

  #wipe(): void {
    if (this.#shown) this.#output.write("\r\x1b[K");
    this.#shown = false;
  }
}

/** The line of a read: share, bytes, files and the time left. */
export function progressLine(
  progress: ReadProgress,
  elapsedMs: number,
  signs: BarSigns = LINES,
): string {
  const { bytesDone, bytesTotal, filesDone, filesTotal } = progress;
  const share = bytesTotal > 0 ? Math.min(1, bytesDone / bytesTotal) : 1;
  const parts = [
    `${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`,
    `${filesDone}/${filesTotal} files`,
  ];
  return barLine("reading", share, parts, elapsedMs, signs);
}

function barLine(
  what: string,
  share: number,
  parts: readonly string[],
  elapsedMs: number,
  [done, rest]: BarSigns,
): string {
  const full = Math.round(share * BAR_COLUMNS);
  const bar = done.repeat(full) + rest.repeat(BAR_COLUMNS - full);
  const left = share > 0.01 ? elapsedMs / share - elapsedMs : undefined;
  return [
    `${what} ${bar} ${Math.floor(share * 100)} %`,
    ...parts,
    ...(left === undefined ? [] : [`${formatDuration(left)} left`]),
  ].join(BETWEEN_PARTS);
}

/** Leaves out parts from the end, as a number that is cut would be another. */
function fit(line: string, columns: number): string {
  if (line.length <= columns) return line;
  const end = line.lastIndexOf(BETWEEN_PARTS);
  return end < 0 ? line.slice(0, columns) : fit(line.slice(0, end), columns);
}
