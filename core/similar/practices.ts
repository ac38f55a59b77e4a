/**
 * Ways of working that a session shows: each is there or not, or cannot be seen in it.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { OUTCOMES } from "../session_counts.ts";
import { type ToolClass, toolClass } from "../tool_classes.ts";

/** A way of working. */
export interface Practice {
  readonly name: string;
  /** What a session does that has it. */
  readonly does: string;
  /** What to do, as one sentence without full stop. */
  readonly advice: string;
}

/** What a session shows of the practices, by name; null where it cannot be seen. */
export type Shown = ReadonlyMap<string, boolean | null>;

interface Call {
  readonly at: number;
  readonly kind: ToolClass;
  readonly isEdit: boolean;
  readonly ok: boolean;
  readonly file: number | null;
  readonly form: string | null;
  readonly side: boolean;
  readonly lines: number;
}

interface Session {
  readonly calls: readonly Call[];
  /** Tokens that the largest response was given; null where none are kept. */
  readonly contextTokens: number | null;
}

type Rule = Practice & { readonly shows: (session: Session) => boolean | null };

const MOSTLY = 0.8;
const SMALL_CONTEXT_TOKENS = 100_000;
const SMALL_EDIT_LINES = 30;
const OK = OUTCOMES.indexOf("ok");

const RULES: readonly Rule[] = [
  {
    name: "read_before_edit",
    does: "read a file before changing it",
    advice: "Have files read before they are changed",
    shows: ({ calls }) => {
      const known = new Set<number>(), read: boolean[] = [];
      for (const { isEdit, kind, file } of calls) {
        if (file === null) continue;
        if (isEdit && kind !== "create") read.push(known.has(file));
        known.add(file);
      }
      return read.length === 0 ? null : share(read) >= MOSTLY;
    },
  },
  {
    name: "search_before_edit",
    does: "searched the code before the first change",
    advice: "Have the code searched before the first change",
    shows: ({ calls }) => {
      const first = calls.findIndex(({ isEdit }) => isEdit);
      if (first < 0) return null;
      return calls.slice(0, first).some(({ kind, form }) =>
        kind === "search" || form === "search"
      );
    },
  },
  {
    name: "tests_run",
    does: "ran tests",
    advice: "Name the command that runs the tests, and ask for it to be run",
    shows: ({ calls }) => hasEdits(calls) ? ranForm(calls, "test") : null,
  },
  {
    name: "tests_after_last_edit",
    does: "ran tests after the last change",
    advice: "Ask for the tests to be run once more at the end",
    shows: ({ calls }) => {
      const last = calls.findLastIndex(({ isEdit }) => isEdit);
      return last < 0 ? null : ranForm(calls.slice(last), "test");
    },
  },
  {
    name: "lint_run",
    does: "ran a linter or a check of types",
    advice: "Name the command that lints or checks types, and ask for it to be run",
    shows: ({ calls }) => hasEdits(calls) ? ranForm(calls, "lint") : null,
  },
  {
    name: "small_edits",
    does: "changed few lines at a time",
    advice: "Ask for changes of a few lines each",
    shows: ({ calls }) => {
      const lines = calls.filter(({ isEdit, ok }) => isEdit && ok).map((call) => call.lines)
        .sort((a, b) => a - b);
      if (lines.length === 0) return null;
      return lines[Math.floor(lines.length / 2)]! <= SMALL_EDIT_LINES;
    },
  },
  {
    name: "small_context",
    does: "kept the context below 100,000 tokens",
    advice: "Keep the context small: one task a session, and a fresh one for the next",
    shows: ({ contextTokens }) =>
      contextTokens === null ? null : contextTokens < SMALL_CONTEXT_TOKENS,
  },
  {
    name: "subagents",
    does: "gave work to sub-agents",
    advice: "Give searches and side tasks to sub-agents",
    shows: ({ calls }) =>
      calls.length === 0 ? null : calls.some(({ kind, side }) => side || kind === "agent"),
  },
  {
    name: "plan",
    does: "kept a plan or a list of steps",
    advice: "Ask for a plan or a list of steps first",
    shows: ({ calls }) => calls.length === 0 ? null : calls.some(({ kind }) => kind === "plan"),
  },
];

/** The practices that are looked for. */
export const PRACTICES: readonly Practice[] = RULES;

type Row = [
  at: number,
  tool: number,
  isEdit: number,
  outcome: number | null,
  file: number | null,
  form: number | null,
  side: number,
  lines: number,
];

/** What a session, by its number, shows of each practice. */
export function readPractices(
  db: Database,
  session: number,
  words: ReadonlyMap<number, string>,
): Shown {
  const rows = prepareArrays(
    db,
    `select at, tool, is_edit, outcome, file, form, side, lines_added + lines_removed
     from tool_calls where session = ? and tool is not null and called = 1 order by at, key`,
  ).all(session) as unknown as Row[];
  const [contextTokens] = prepareArrays(
    db,
    `select max(input + cache_read + cache_creation) from responses
     where session = ? and side = 0 and kept = 1`,
  ).get(session) as unknown as [number | null];
  const calls = rows.map(([at, tool, isEdit, outcome, file, form, side, lines]) => ({
    at,
    kind: toolClass(words.get(tool) ?? "other"),
    isEdit: isEdit === 1,
    ok: outcome === OK,
    file,
    form: form === null ? null : words.get(form) ?? null,
    side: side === 1,
    lines,
  }));
  return new Map(RULES.map(({ name, shows }) => [name, shows({ calls, contextTokens })]));
}

/** Null where one of the commands is not known, and none is known to be of that form. */
function ranForm(calls: readonly Call[], wanted: string): boolean | null {
  if (calls.some(({ form }) => form === wanted)) return true;
  const isUnknown = ({ kind, form }: Call) =>
    kind === "mcp" || kind === "shell" && (form === null || form === "script");
  return calls.some(isUnknown) ? null : false;
}

function hasEdits(calls: readonly Call[]): boolean {
  return calls.some(({ isEdit }) => isEdit);
}

function share(flags: readonly boolean[]): number {
  return flags.filter(Boolean).length / flags.length;
}
