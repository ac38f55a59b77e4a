/**
 * One tool call with its result, and how two tellings of it become one: lines of a transcript in
 * any number of files, and hooks. Merging does not care for order and repetition.
 *
 * @module
 */

import { factKey } from "../../core/fact_key.ts";
import {
  deciderNumber,
  EDIT_FATES,
  HOOK,
  REVIEWS,
  surerDecider,
} from "../../core/edit_verdict.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import { CODE_COUNTS, DEED_COUNTS, EDIT_TOOLS, OUTCOMES } from "../../core/session_counts.ts";
import {
  compareKnown,
  type CompareWords,
  greatestKnown,
  toldAgent,
  toldCount,
  toldFlag,
  toldSize,
  toldText,
} from "./told.ts";

/** Numbers stand for words and sessions; times are milliseconds. */
export interface ToolCallFact extends Record<CountName, number> {
  session: number;
  at: number;
  tool: number | null;
  side: number;
  used_at: number | null;
  use_source: number | null;
  resolved_at: number | null;
  result_source: number | null;
  /** Place in OUTCOMES. */
  outcome: number | null;
  error: number | null;
  extension: number | null;
  file: number | null;
  /** The kind of a command, or whether a file was read as a whole. */
  form: number | null;
  /** The size of what it gave back. */
  result_characters: number | null;
  /** The permission mode in which it ran. */
  mode: number | null;
  mode_source: number | null;
  /** 1 where nobody sat before the client. */
  headless: number;
  duration_ms: number | null;
  /** 1 where a person changed the edit before it was made. */
  user_modified: number;
  /** Place in DECIDERS; null where the client does not say who let it run. */
  decided_by: number | null;
  /** 1 where a person was asked; set when all tellings of a batch are merged. */
  asked: number;
  /** 1 for a tool that changes files. */
  is_edit: number;
  /** 0 for a proposal that no call made. */
  called: number;
  /** Place in REVIEWS; null where nobody judged the change afterwards. */
  reviewed: number | null;
  /** Place in REPORTED_OUTCOMES; set when all tellings of a batch are merged. */
  reported: number | null;
  /** Lines that something beside the call tells. */
  noted_added: number | null;
  noted_removed: number | null;
  /** The sub-agent that made it, by the hash of its id; null for the session's own. */
  agent: number | null;
  /** One of EDIT_FATES; found when the batch is written. */
  fate: number;
  /** The key of the response that asked for it. */
  response: number | null;
  /** The model of that, or the one that the client names. */
  model: number | null;
  /** Its part of that response, and where that stands; null while that is not known. */
  share_session: number | null;
  share_at: number | null;
  /** Millionths of a dollar; null where the response has no price. */
  share_micros: number | null;
  /** Input and output; null where they are not kept. */
  share_tokens: number | null;
}

/** The columns of `tool_calls` behind its key. */
export const TOOL_CALL_COLUMNS = [
  "session",
  "at",
  "tool",
  "side",
  "used_at",
  "use_source",
  "resolved_at",
  "result_source",
  "outcome",
  "error",
  "extension",
  "file",
  "form",
  "result_characters",
  "mode",
  "mode_source",
  "headless",
  "duration_ms",
  "user_modified",
  "decided_by",
  "asked",
  "is_edit",
  "called",
  "reviewed",
  "reported",
  "noted_added",
  "noted_removed",
  "agent",
  "fate",
  "response",
  "model",
  "share_session",
  "share_at",
  "share_micros",
  "share_tokens",
  ...CODE_COUNTS,
  ...DEED_COUNTS,
] as const;

/** What a telling is made with: numbers for words and for files. */
export interface Numbers {
  readonly word: (text: string) => number;
  readonly file: (hash: string) => number;
}

type CountName = typeof CODE_COUNTS[number] | typeof DEED_COUNTS[number];

const COUNT_NAMES = [...CODE_COUNTS, ...DEED_COUNTS];
const EDITS: ReadonlySet<string> = new Set(EDIT_TOOLS);

/** A line that says how a result of a line before it is to be read. */
const CORRECTION = -1;
const TRANSCRIPT = 0;
/** Set when all tellings of a batch are merged. */
const NO_SHARE = {
  share_session: null,
  share_at: null,
  share_micros: null,
  share_tokens: null,
} as const;
/** Nothing told: each telling is a copy of it, with what it tells put in. */
const NOTHING: ToolCallFact = {
  session: 0,
  at: 0,
  tool: null,
  side: 0,
  used_at: null,
  use_source: null,
  resolved_at: null,
  result_source: null,
  outcome: null,
  error: null,
  extension: null,
  file: null,
  form: null,
  result_characters: null,
  mode: null,
  mode_source: null,
  headless: 0,
  duration_ms: null,
  user_modified: 0,
  decided_by: null,
  asked: 0,
  is_edit: 0,
  called: 1,
  reviewed: null,
  reported: null,
  noted_added: null,
  noted_removed: null,
  agent: null,
  fate: EDIT_FATES.none,
  response: null,
  model: null,
  ...NO_SHARE,
  ...Object.fromEntries(COUNT_NAMES.map((name) => [name, 0])) as Record<CountName, number>,
};

/** What a line with a tool use tells. */
export function toldUse(event: TelemetryEvent, session: number, numbers: Numbers): ToolCallFact {
  const told = toldOf(event, session, toldFlag(event, "sidechain"));
  putUse(told, event, numbers, TRANSCRIPT);
  told.used_at = event.timestamp;
  putMode(told, event, numbers, TRANSCRIPT);
  return told;
}

/** What a line with a tool's result tells. */
export function toldResult(
  event: TelemetryEvent,
  session: number,
  numbers: Numbers,
): ToolCallFact {
  const told = toldOf(event, session, toldFlag(event, "sidechain"));
  const source = toldFlag(event, "corrects") ? CORRECTION : TRANSCRIPT;
  putResult(told, event, numbers, source, "failed");
  told.reviewed = reviewOf(event);
  told.duration_ms = toldSize(event, "duration_ms");
  return told;
}

/** What a hook tells behind a call: how it ended, in what mode it ran, and for how long. */
export function toldByHook(
  event: TelemetryEvent,
  session: number,
  numbers: Numbers,
): ToolCallFact {
  const failure = event.payload.interrupted === true ? "interrupted" : "failed";
  const outcome = event.payload.success === false ? failure : "ok";
  const told = toldOf(event, session, event.metadata.agent_id === undefined ? 0 : 1);
  putUse(told, event, numbers, HOOK);
  putResult(told, event, numbers, HOOK, outcome);
  told.duration_ms = toldSize(event, "duration_ms");
  putMode(told, event, numbers, HOOK);
  return told;
}

/** What is told beside a call and its result: lines, a duration, a verdict. */
export function toldNote(event: TelemetryEvent, session: number): ToolCallFact {
  const told = toldOf(event, session, toldFlag(event, "sidechain"));
  told.called = 0;
  told.reviewed = reviewOf(event);
  told.noted_added = toldSize(event, "noted_added");
  told.noted_removed = toldSize(event, "noted_removed");
  told.duration_ms = toldSize(event, "duration_ms");
  return told;
}

/** A change that was proposed without a call, and what became of it. */
export function toldProposal(
  event: TelemetryEvent,
  session: number,
  numbers: Numbers,
): ToolCallFact {
  const told = toldUse(event, session, numbers);
  told.called = 0;
  told.reviewed = reviewOf(event);
  return told;
}

/**
 * The call from the earliest use and the result from the earliest result, a transcript's before a
 * hook's and a correction before both; the mode that a hook saw before the one that a transcript
 * implies. A person let it run where any telling says so.
 */
export function mergeToolCalls(
  a: ToolCallFact,
  b: ToolCallFact,
  session: number,
  compareWords: CompareWords,
): ToolCallFact {
  const use = compareUses(a, b, compareWords) <= 0 ? a : b;
  const result = compareResults(a, b, compareWords) <= 0 ? a : b;
  const mode = compareModes(a, b, compareWords) <= 0 ? a : b;
  return {
    ...result,
    session,
    at: use.used_at ?? Math.min(a.at, b.at),
    tool: use.tool,
    side: use.side,
    used_at: use.used_at,
    use_source: use.use_source,
    extension: use.extension,
    file: use.file,
    form: use.form,
    headless: a.headless | b.headless,
    mode: mode.mode,
    mode_source: mode.mode_source,
    duration_ms: compareKnown(a.duration_ms, b.duration_ms) <= 0 ? a.duration_ms : b.duration_ms,
    decided_by: surerDecider(a.decided_by, b.decided_by),
    asked: 0,
    ...NO_SHARE,
    response: compareKnown(a.response, b.response) <= 0 ? a.response : b.response,
    model: compareWords(a.model, b.model) <= 0 ? a.model : b.model,
    is_edit: a.is_edit | b.is_edit,
    called: a.called | b.called,
    reviewed: greatestKnown(a.reviewed, b.reviewed),
    reported: null,
    noted_added: greatestKnown(a.noted_added, b.noted_added),
    noted_removed: greatestKnown(a.noted_removed, b.noted_removed),
    agent: use.agent,
    fate: Math.max(a.fate, b.fate),
  };
}

function reviewOf(event: TelemetryEvent): number | null {
  return REVIEWS[toldText(event, "reviewed")] ?? null;
}

function toldOf({ timestamp }: TelemetryEvent, session: number, side: number): ToolCallFact {
  const told = { ...NOTHING };
  told.session = session;
  told.at = timestamp;
  told.side = side;
  return told;
}

function putUse(
  told: ToolCallFact,
  event: TelemetryEvent,
  { word, file }: Numbers,
  source: number,
): void {
  const { file_extension: extension, file: hash, form } = event.payload;
  const { message_id: response, model } = event.payload;
  const tool = toldText(event, "tool");
  const kind = toldText(event, "tool_kind", EDITS.has(tool) ? "edit" : "other");
  told.tool = word(tool);
  told.is_edit = kind === "edit" ? 1 : 0;
  told.use_source = source;
  if (typeof extension === "string") told.extension = word(extension);
  if (typeof hash === "string") told.file = file(hash);
  if (typeof form === "string") told.form = word(form);
  told.headless = toldFlag(event, "headless");
  told.agent = toldAgent(event);
  if (typeof response === "string") told.response = factKey(response);
  if (typeof model === "string") told.model = word(model);
}

/** @param otherwise the outcome where none is told */
function putResult(
  told: ToolCallFact,
  event: TelemetryEvent,
  { word }: Numbers,
  source: number,
  otherwise: typeof OUTCOMES[number],
): void {
  const outcome = OUTCOMES.indexOf(toldText(event, "outcome") as typeof OUTCOMES[number]);
  const error = event.payload.error_class;
  told.resolved_at = event.timestamp;
  told.result_source = source;
  told.outcome = outcome < 0 ? OUTCOMES.indexOf(otherwise) : outcome;
  if (typeof error === "string") told.error = word(error);
  told.result_characters = toldSize(event, "characters");
  told.user_modified = toldFlag(event, "user_modified");
  told.decided_by = deciderNumber(toldText(event, "decided_by"));
  for (const name of COUNT_NAMES) told[name] = toldCount(event, name);
}

function putMode(
  told: ToolCallFact,
  event: TelemetryEvent,
  { word }: Numbers,
  source: number,
): void {
  const mode = event.payload.permission_mode;
  if (typeof mode !== "string") return;
  told.mode = word(mode);
  told.mode_source = source;
}

/** The parent's telling of a use stands before a side chain's of the same moment. */
function compareUses(a: ToolCallFact, b: ToolCallFact, compareWords: CompareWords): number {
  return compareKnown(a.use_source, b.use_source) || compareKnown(a.used_at, b.used_at) ||
    a.side - b.side || compareWords(a.tool, b.tool) || compareWords(a.extension, b.extension) ||
    compareKnown(a.file, b.file) || compareWords(a.form, b.form) ||
    compareKnown(a.agent, b.agent);
}

/** Who let it run is told by either, and orders nothing. */
function compareResults(a: ToolCallFact, b: ToolCallFact, compareWords: CompareWords): number {
  return compareKnown(a.result_source, b.result_source) ||
    compareKnown(a.resolved_at, b.resolved_at) || compareKnown(a.outcome, b.outcome) ||
    compareWords(a.error, b.error) ||
    compareKnown(a.result_characters, b.result_characters) || b.user_modified - a.user_modified ||
    COUNT_NAMES.reduce((order, name) => order || b[name] - a[name], 0);
}

/** A hook saw the mode itself; a transcript implies it. */
function compareModes(a: ToolCallFact, b: ToolCallFact, compareWords: CompareWords): number {
  return (b.mode_source ?? -1) - (a.mode_source ?? -1) || compareWords(a.mode, b.mode);
}
