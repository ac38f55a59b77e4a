/**
 * A made-up platform for the tests of what all platforms share: each line `{"id": …}` of the
 * JSONL files in one folder and those below it is an event of that id.
 */

import { Gate } from "../../capture/gate.ts";
import type { Checkpoint } from "../../core/checkpoints.ts";
import type { Clock } from "../../core/clock.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import { literal, Privacy, safeKind, type SafeText } from "../../core/privacy.ts";
import type { DriftCounts } from "../../capture/drift_counts.ts";
import { type JsonlFormat, JsonlSource, type LineParser } from "../../capture/jsonl_source.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import type { Inbox } from "./inbox.ts";

/** What a test says of a source; the rest is as always. */
export interface PlainSketch {
  readonly folder: string;
  readonly inbox: Inbox;
  readonly platform?: string;
  /** Whether the folder is to be watched. */
  readonly watched?: boolean;
  readonly clock?: Clock;
  /** Folders that may not be read; the test can change them. */
  readonly denied?: readonly string[];
  /** Called for each line that is parsed. */
  readonly onLine?: (id: string) => void;
}

/** A source, what it complained of, and the key of its hashes. */
export interface PlainSource {
  readonly source: JsonlSource;
  readonly problems: string[];
}

/** The key of every plain source. */
export const plainPrivacy = new Privacy(new Uint8Array(32).fill(3));

/** Starts reading as a new process would, from the positions that the inbox holds. */
export function openPlain(sketch: PlainSketch): PlainSource {
  const { folder, inbox, platform = "plain", watched = false, onLine = () => {} } = sketch;
  const problems: string[] = [];
  const format: JsonlFormat = {
    platform: platform as SafeText,
    roots: () => watched ? [folder] : [],
    list: () => ({ files: listBelow(folder), denied: sketch.denied ?? [] }),
    accepts: (path) => path.startsWith(folder) && path.endsWith(".jsonl"),
    loadParser: () =>
      Promise.resolve((_path, before, _at, drift) =>
        new PlainParser({ platform, before, onLine, drift })
      ),
  };
  const source = new JsonlSource(format, {
    environment: { home: "/home/kim", get: () => undefined },
    privacy: plainPrivacy,
    clock: sketch.clock ?? new VirtualClock(),
    intake: inbox,
    gate: new Gate(),
    pollEveryMs: 30_000,
    temporary: "/nowhere",
    checkpoints: inbox.checkpoints(platform),
    onProblem: (problem, path) => problems.push(`${problem} (${path.split("/").at(-1)})`),
  });
  return { source, problems };
}

/** The lines of events with these ids. */
export function plainLines(...ids: readonly string[]): string {
  return ids.map((id) => `${JSON.stringify({ id })}\n`).join("");
}

/** `count` lines of half a kilobyte, so that a file of some thousands is read in chunks. */
export function manyLines(count: number, first = 0): string {
  const text = "x".repeat(480);
  return Array.from(
    { length: count },
    (_, i) => `${JSON.stringify({ id: `m${first + i}`, text })}\n`,
  )
    .join("");
}

/** `id` in a line so long that no two of them lie in one chunk of reading. */
export function longLine(id: string): string {
  return `${JSON.stringify({ id, text: "x".repeat(1_200_000) })}\n`;
}

interface PlainParserOptions {
  readonly platform: string;
  readonly before: Checkpoint | undefined;
  readonly onLine: (id: string) => void;
  readonly drift: DriftCounts;
}

class PlainParser implements LineParser {
  readonly #platform: string;
  readonly #onLine: (id: string) => void;
  readonly #drift: DriftCounts;
  #sessionId: SafeText | null;
  #lines: number;

  constructor({ platform, before, onLine, drift }: PlainParserOptions) {
    this.#platform = platform;
    this.#onLine = onLine;
    this.#drift = drift;
    this.#sessionId = before?.sessionId as SafeText | undefined ?? null;
    this.#lines = before ? JSON.parse(before.state).lines : 0;
  }

  get sessionId(): SafeText | null {
    return this.#sessionId;
  }

  get state(): string {
    return JSON.stringify({ lines: this.#lines });
  }

  end(): readonly TelemetryEvent[] {
    return [];
  }

  parse({ id, kind }: Record<string, unknown>): readonly TelemetryEvent[] | undefined {
    if (typeof kind === "string") this.#drift.add(literal("kind"), safeKind(kind));
    this.#sessionId ??= `session-of-${id}` as SafeText;
    if (typeof id !== "string") return undefined;
    this.#lines++;
    this.#onLine(id);
    return [{
      eventId: id as SafeText,
      platform: this.#platform as SafeText,
      sessionId: this.#sessionId ?? "none" as SafeText,
      eventType: "turn_end",
      timestamp: 0,
      metadata: {},
      payload: { lines: this.#lines },
    }];
  }
}

function* listBelow(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* listBelow(`${folder}/${name}`);
    else if (name.endsWith(".jsonl")) yield `${folder}/${name}`;
  }
}
