/**
 * Facts and how two tellings of one fact become one. Merging does not care for order and
 * repetition: that is what makes every sum over facts exact, however its events arrived.
 *
 * @module
 */

/** One API response. Numbers stand for words and sessions; times are milliseconds. */
export interface ResponseFact {
  session: number;
  at: number;
  model: number;
  /** 1 for a side chain's copy. */
  side: number;
  /** 1 where a line had a stop reason: only then is `output` final. */
  stopped: number;
  input: number;
  output: number;
  cache_read: number;
  cache_creation: number;
  cache_creation_5m: number;
  cache_creation_1h: number;
}

/** One tool call, its result included. */
export interface ToolCallFact {
  session: number;
  at: number;
  tool: number | null;
  side: number;
  used_at: number | null;
  resolved_at: number | null;
  /** Place in OUTCOMES. */
  outcome: number | null;
  extension: number | null;
  lines_added: number;
  lines_removed: number;
  files_created: number;
  created_file_lines: number;
}

/** One thing that a person typed or did; `kind` is the place in EVENT_TYPES. */
export interface InputFact {
  session: number;
  at: number;
  kind: number;
}

/** Says which of two sessions recorded a shared fact first. */
export type EarlierSession = (a: number, b: number) => number;

/** Orders two numbers of words by the words. */
export type CompareWords = (a: number, b: number) => number;

/**
 * The line with the greatest output counts, whole; the parent's before a side chain's.
 * Time and owner are those of the earliest telling.
 */
export function mergeResponses(
  a: ResponseFact,
  b: ResponseFact,
  earlier: EarlierSession,
  compareWords: CompareWords,
): ResponseFact {
  const best = (compareUsage(a, b) || compareWords(b.model, a.model)) >= 0 ? a : b;
  return {
    ...best,
    session: earlier(a.session, b.session),
    at: Math.min(a.at, b.at),
    stopped: a.stopped | b.stopped,
  };
}

/** The call from the earliest use, the result from the earliest result. */
export function mergeToolCalls(
  a: ToolCallFact,
  b: ToolCallFact,
  earlier: EarlierSession,
): ToolCallFact {
  const use = compareUses(a, b) <= 0 ? a : b;
  const result = (compareTimes(a.resolved_at, b.resolved_at) || compareResults(a, b)) <= 0
    ? a
    : b;
  return {
    session: earlier(a.session, b.session),
    at: use.used_at ?? Math.min(a.at, b.at),
    tool: use.tool,
    side: use.side,
    used_at: use.used_at,
    extension: use.extension,
    resolved_at: result.resolved_at,
    outcome: result.outcome,
    lines_added: result.lines_added,
    lines_removed: result.lines_removed,
    files_created: result.files_created,
    created_file_lines: result.created_file_lines,
  };
}

/** The same input in two sessions belongs to the earlier one. */
export function mergeInputs(a: InputFact, b: InputFact, earlier: EarlierSession): InputFact {
  return {
    session: earlier(a.session, b.session),
    at: Math.min(a.at, b.at),
    kind: Math.min(a.kind, b.kind),
  };
}

function compareUsage(a: ResponseFact, b: ResponseFact): number {
  return b.side - a.side || a.output - b.output || total(a) - total(b) ||
    a.input - b.input || a.cache_read - b.cache_read ||
    a.cache_creation_1h - b.cache_creation_1h || a.cache_creation_5m - b.cache_creation_5m;
}

function total(fact: ResponseFact): number {
  return fact.input + fact.output + fact.cache_read + fact.cache_creation;
}

function compareTimes(a: number | null, b: number | null): number {
  return (a ?? Infinity) === (b ?? Infinity) ? 0 : (a ?? Infinity) - (b ?? Infinity);
}

/** The parent's telling of a use stands before a side chain's of the same moment. */
function compareUses(a: ToolCallFact, b: ToolCallFact): number {
  return compareTimes(a.used_at, b.used_at) || a.side - b.side ||
    (a.tool ?? 0) - (b.tool ?? 0) || (a.extension ?? 0) - (b.extension ?? 0);
}

function compareResults(a: ToolCallFact, b: ToolCallFact): number {
  return (a.outcome ?? 0) - (b.outcome ?? 0) || b.lines_added - a.lines_added ||
    b.lines_removed - a.lines_removed || b.files_created - a.files_created ||
    b.created_file_lines - a.created_file_lines;
}
