/**
 * Which line of a transcript follows which. Between two lines that tell of something stand many
 * that tell of nothing, and they carry the chain, too: they are remembered until a person types
 * again, so that what is typed can say behind what it stands.
 *
 * @module
 */

import type { EventType, TelemetryEvent } from "../../core/event.ts";
import { literal, type Privacy, readSafeText, type SafeText } from "../../core/privacy.ts";
import { type Json, textOf } from "../json_access.ts";

/** What must be known of the lines before, as it is kept between two reads. */
export interface LinkState {
  /** Each line, and behind `:` the one before it, if it is to be known: `+` is the one above. */
  readonly lines: readonly string[];
  readonly loose: boolean;
}

const LINES_MAX = 24;
const PLACES_MAX = 12;

/** The place before the first line. */
const BEGIN = literal("begin");

/** What no conversation goes on behind: it is said of a response, not by it. */
const ASIDE: ReadonlySet<EventType> = new Set(["turn_end", "api_error", "activity"]);

const TYPED: ReadonlySet<EventType> = new Set(["user_prompt", "slash_command", "bash_input"]);

/** Follows the chain of one file's main thread. */
export class LineLinks {
  readonly #privacy: Privacy;
  /** The line before each; null for one that tells of something and ends the search. */
  readonly #lines: Map<SafeText, SafeText | null>;
  /** Whether some line answers nothing: then the file keeps no chain. */
  #isLoose: boolean;

  constructor(privacy: Privacy, { lines, loose }: LinkState) {
    this.#privacy = privacy;
    this.#lines = new Map(readLines(lines));
    this.#isLoose = loose;
  }

  /** What must be known of the lines before. */
  get state(): LinkState {
    let last: string | undefined;
    const lines = [...this.#lines].map(([line, before]) => {
      const told = before === null ? line : `${line}:${before === last ? "+" : before}`;
      last = line;
      return told;
    });
    return { lines, loose: this.#isLoose };
  }

  /**
   * The places that a line follows, the nearest first: lines that tell of nothing, and the one
   * behind them that does. Of two lines that share a place the later one was typed in place of
   * the other.
   */
  places(line: Json): SafeText[] {
    const places: SafeText[] = [];
    let place = this.#isLoose && line.parentUuid === null ? undefined : this.#before(line);
    while (place !== undefined && places.length < PLACES_MAX) {
      places.push(place);
      place = this.#lines.get(place) ?? undefined;
    }
    return places;
  }

  /** Whether a line goes on from one that stands before what was typed last. */
  isStray(line: Json): boolean {
    const before = this.#before(line);
    return before !== undefined && before !== BEGIN && !this.#lines.has(before);
  }

  /** Notes a line behind those before it, with what it told. */
  note(line: Json, events: readonly TelemetryEvent[]): void {
    const uuid = textOf(line.uuid);
    if (uuid === undefined || line.isSidechain === true) return;
    if (events.some(({ eventType }) => TYPED.has(eventType))) this.#lines.clear();
    const tells = events.some(({ eventType }) => !ASIDE.has(eventType));
    this.#isLoose ||= tells && line.type === "assistant" && line.parentUuid === null;
    this.#lines.set(this.#privacy.shortId(uuid), tells ? null : this.#before(line) ?? null);
    if (this.#lines.size <= LINES_MAX) return;
    this.#lines.delete(this.#lines.keys().next().value!);
  }

  #before({ parentUuid }: Json): SafeText | undefined {
    if (parentUuid === null) return BEGIN;
    const before = textOf(parentUuid);
    return before === undefined ? undefined : this.#privacy.shortId(before);
  }
}

/** The state as it was kept, trusting nothing. */
export function linkState({ lines, loose }: Json): LinkState {
  return { lines: Array.isArray(lines) ? lines.map(String) : [], loose: loose === true };
}

function* readLines(kept: readonly string[]): Generator<[SafeText, SafeText | null]> {
  let last: SafeText | null = null;
  for (const text of kept) {
    const [id = "", told] = text.split(":");
    const line = readSafeText(id);
    if (line === undefined) continue;
    yield [line, told === "+" ? last : readSafeText(told ?? "") ?? null];
    last = line;
  }
}
