/**
 * Why each stored column is safe, and how its values are held to that.
 *
 * @module
 */

import { safeText } from "../log_file.ts";
import { readSafeText } from "../privacy.ts";

/** What a column holds. */
export interface ColumnRule {
  /** Why it is safe, as it is shown to people. */
  readonly why: string;
  /** Whether a value is what `why` says; numbers need none. */
  readonly isSafe: (value: string) => boolean;
}

const WORD: ColumnRule = {
  why: "a word of a closed list, a checked identifier or a keyed hash",
  isSafe: isSafeWord,
};
const ID: ColumnRule = { why: "an opaque id, or its keyed hash", isSafe: isSafeWord };
const NAME: ColumnRule = { why: "a name of the program's own", isSafe: isSafeWord };
const HASH: ColumnRule = { why: "a keyed hash", isSafe: isSafeWord };
const JSON_OF_WORDS: ColumnRule = {
  why: "JSON of numbers and such words",
  isSafe: isSafeJson,
};
const VALUE: ColumnRule = {
  why: "a revision or a number of the program's own",
  isSafe: (value) => value.split(" ").every(isSafeWord),
};
const SENTENCE: ColumnRule = {
  why: "a sentence of the program's own",
  isSafe: (value) => value.startsWith("Cannot ") && safeText(value) === value,
};
/** Compressed events: what is in them is checked event by event. */
const EVENTS: ColumnRule = { why: "compressed events, each of such words", isSafe: () => true };

/** Every column that is no number, by table and name. */
const COLUMNS: Readonly<Record<string, ColumnRule>> = {
  "applied_batches.entry": NAME,
  "applied_batches.name": NAME,
  "archive_parts.digest": { why: "a hash of a file of the program's own", isSafe: isSafeWord },
  "dead_letters.body": JSON_OF_WORDS,
  "dead_letters.consumers": NAME,
  "dead_letters.entry": NAME,
  "dead_letters.error": NAME,
  "dead_letters.message": SENTENCE,
  "dead_letters.stream": NAME,
  "digests.counts": JSON_OF_WORDS,
  "digests.durations": JSON_OF_WORDS,
  "digests.tools": JSON_OF_WORDS,
  "digests.whole": JSON_OF_WORDS,
  "dirty_sessions.name": NAME,
  "insight_dismissals.id": ID,
  "insight_mutes.kind": NAME,
  "made_with.name": NAME,
  "made_with.value": VALUE,
  "sessions.session_id": ID,
  "sources.drift": JSON_OF_WORDS,
  "sources.file_id": ID,
  "sources.head": HASH,
  "sources.id": HASH,
  "sources.session_id": ID,
  "sources.state": JSON_OF_WORDS,
  "stored_sources.id": HASH,
  "stored_sources.machine": HASH,
  "stored_sources.mark": JSON_OF_WORDS,
  "stored_sources.session_id": ID,
  "stream_entries.body": {
    ...JSON_OF_WORDS,
    isSafe: (text) => text.trim().split("\n").every(isSafeJson),
  },
  "stream_groups.name": NAME,
  "stream_leases.acked": JSON_OF_WORDS,
  "stream_leases.name": NAME,
  "tombstone_events.platform": NAME,
  "tombstones.platform": NAME,
  "tombstones.session": HASH,
  "trace_blocks.body": EVENTS,
  "words.text": WORD,
};

const WORD_NUMBERS =
  ("platform project model tool member server kind error extension form mode " +
    "version source name").split(" ");

const HASH_BITS = "bits of a hash";
const WORD_NUMBER = "the number of a word";
const DOLLARS = "millionths of a dollar";
const COUNT = "a count, a yes or no, or a place in a list of the program's own";

/** What numbers say, by table and column or by the ends of names; the first that fits. */
const NUMBERS: readonly (readonly [name: RegExp, why: string])[] = [
  // In these tables an input is what went into a model; elsewhere, what a person typed.
  [/^(responses|model_sums|attribution_sums|api_requests)\.input$/, "a number of tokens"],
  [/^(input_lines|turns)\.input$/, HASH_BITS],
  [/^(responses\.request|(tool_calls|api_requests)\.response|agent_calls\.call)$/, HASH_BITS],
  [/^(tracked_decisions|reported_outcomes)\.decision$/, HASH_BITS],
  [/^(recorded_turns\.turn|prompt_places\.place|exported_facts\.ref)$/, HASH_BITS],
  [/^(agent_calls\.type|tool_sequences\.(first|second|third))$/, WORD_NUMBER],
  [/\.(agent_type|skill|effort)$/, WORD_NUMBER],
  [/\.share_session$/, "a number given out in turn"],
  [/\.(limits_from|limits_to)$/, "a time in milliseconds"],
  [/(\.|_)micros$|^(responses|api_requests)\.cost$/, DOLLARS],
  [/\.cost_(edits|calls|refused|talk|unlinked|interrupted|cancelled|unfinished)/, DOLLARS],
  [/^sources\.size$/, "a number of bytes"],
  [/^limit_uses\.used$/, "thousandths of a limit"],
  [/\.(at|bucket|.*_at)$/, "a time in milliseconds"],
  [/_ms$/, "a duration in milliseconds"],
  [/(\.|_)bytes$/, "a number of bytes"],
  [/\.(key|hash|file|agent|line)$/, HASH_BITS],
  [
    /\.(id|session|block|part|row_group|first_row|position|stream|first_id|last_id|entry)$/,
    "a number given out in turn",
  ],
  [new RegExp(`\\.(${WORD_NUMBERS.join("|")})$`), WORD_NUMBER],
];

/**
 * What a column holds; undefined for one that is no number and of which nobody said why it is
 * safe.
 *
 * @param type as the schema has it: the tables are strict
 */
export function columnRule(table: string, name: string, type: string): ColumnRule | undefined {
  if (/^(integer|real)$/i.test(type)) {
    const column = `${table}.${name}`;
    const [, why = COUNT] = NUMBERS.find(([shape]) => shape.test(column)) ?? [];
    return { why, isSafe: () => true };
  }
  return COLUMNS[`${table}.${name}`];
}

/** Whether a text is one safe word, or nothing. */
export function isSafeWord(text: string): boolean {
  return text === "" || readSafeText(text) !== undefined;
}

/** Whether a text is JSON with nothing in it but numbers and safe words. */
export function isSafeJson(text: string): boolean {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return false;
  }
  return isSafeValue(json);
}

/** Numbers, safe words, JSON of them in a text, and all of that nested. */
function isSafeValue(value: unknown): boolean {
  if (typeof value === "string") {
    return isSafeWord(value) || /^[[{]/.test(value) && isSafeJson(value);
  }
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([name, part]) => isSafeWord(name) && isSafeValue(part));
}
