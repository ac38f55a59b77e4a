/**
 * A log that may lie on the disk: short, for its owner alone, and with nothing private in it.
 *
 * @module
 */

import type { Clock } from "./clock.ts";
import { readInHome } from "./home_closed.ts";
import { ifThere } from "./if_there.ts";

/** What a line is about: a run that began or ended, or what was said in between. */
export type LogLevel = "start" | "note" | "warning" | "error" | "end";

/** A line of the log. */
export interface LogLine {
  /** ISO-8601, UTC. */
  readonly timestamp: string;
  readonly level: LogLevel;
  readonly text: string;
}

/** When the log begins anew, and how many older ones are kept. */
export const LOG = { bytesMax: 1_000_000, kept: 2 } as const;

const LINE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (start|note|warning|error|end) (.*)$/;
const CHARACTERS_MAX = 400;
/** Words, numbers and our own addresses: nothing that a path, a name of a host or a mail has. */
const SAFE_WORD =
  /^(["'(]?[\p{L}\p{N}_.,:;!?%+=<>|*'"()-]*|http:\/\/(127\.0\.0\.1|\[::1\]):\d+)$/u;

/** A log that is written; at most one process does at a time. */
export class LogFile {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #bytesMax: number;

  constructor(path: string, clock: Clock, bytesMax: number = LOG.bytesMax) {
    this.#path = path;
    this.#clock = clock;
    this.#bytesMax = bytesMax;
  }

  /** Adds a line. What cannot be written, as the disk is full, is not: the work goes on. */
  write(level: LogLevel, text: string): void {
    const timestamp = new Date(this.#clock.now()).toISOString();
    const line = new TextEncoder().encode(`${timestamp} ${level} ${safeText(text)}\n`);
    try {
      if (sizeOf(this.#path) + line.length > this.#bytesMax) this.#rotate();
      Deno.writeFileSync(this.#path, line, { append: true, mode: 0o600 });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }

  #rotate(): void {
    for (let age = LOG.kept; age > 0; age--) {
      const younger = olderLog(this.#path, age - 1);
      if (sizeOf(younger) > 0) Deno.renameSync(younger, olderLog(this.#path, age));
    }
  }
}

/** The path of the log that was written before, `age` times; 0 is the present one. */
function olderLog(path: string, age: number): string {
  return age === 0 ? path : `${path}.${age}`;
}

/** All lines that are kept, the oldest first; none where nothing ever was logged. */
export function readLog(path: string): LogLine[] {
  return [...readOlderLogs(path), ...readOne(path)];
}

/** Those that were written before the present log was begun. */
export function readOlderLogs(path: string): LogLine[] {
  return Array.from({ length: LOG.kept }, (_, age) => readOne(olderLog(path, age + 1)))
    .reverse().flat();
}

/** The lines of a text; what is none, as one that broke off, is passed over. */
export function parseLog(text: string): LogLine[] {
  return text.split("\n").flatMap((line) => {
    const [, timestamp, level, said] = LINE.exec(line) ?? [];
    return said === undefined
      ? []
      : [{ timestamp: timestamp!, level: level as LogLevel, text: said }];
  });
}

/** A text up to the first word that could be private; what stands in brackets at its end goes. */
export function safeText(text: string): string {
  const words = text.replace(/\s*\([^()]*\)\s*$/, "").split(/\s+/).filter(Boolean);
  const unsafe = words.findIndex((word) => !SAFE_WORD.test(word));
  const safe = unsafe < 0 ? words : [...words.slice(0, unsafe), "…"];
  const line = safe.join(" ");
  return line.length > CHARACTERS_MAX ? `${line.slice(0, CHARACTERS_MAX)}…` : line;
}

function sizeOf(path: string): number {
  return ifThere(() => Deno.statSync(path).size) ?? 0;
}

function readOne(path: string): LogLine[] {
  return parseLog(readInHome(path) ?? "");
}
