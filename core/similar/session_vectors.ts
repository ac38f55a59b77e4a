/**
 * Sessions as what can be compared: what they were made of, how large they were, and how they
 * went.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { EVENT_TYPES } from "../event.ts";
import { among, ofSessions } from "../kept_sessions.ts";
import { TELLS_NO_TOKENS } from "../reports/session_heads.ts";
import { WEB_SEARCH_MICROS } from "../session_counts.ts";
import { toolClass } from "../tool_classes.ts";
import { readWords } from "../words.ts";

/** What a session is made of: counts by name, of which the shares are compared. */
export const MIXES = ["extensions", "tools", "commands", "models"] as const;

/** How large a session is. */
export const SIZES = ["prompts", "calls", "lines", "tokens", "active_ms"] as const;

/** Counts by name. */
export type Mix = ReadonlyMap<string, number>;

/** How a session went. */
export interface SessionOutcome {
  /** Edits that stand, of those of which that is known. */
  readonly kept: number;
  readonly judged: number;
  readonly failed: number;
  readonly finished: number;
  /** Times at which a person said no, or broke it off. */
  readonly stops: number;
  readonly commits: number;
  /** Millionths of a dollar; null where a price or tokens are not known. */
  readonly micros: number | null;
  /** Whether some message did not end, so that they may be more; null without them. */
  readonly isLowerBound: boolean | null;
}

/** One session. */
export interface SessionVector {
  readonly number: number;
  readonly sessionId: string;
  readonly platform: string;
  readonly project: string | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Null where it is not known. */
  readonly mixes: Readonly<Record<typeof MIXES[number], Mix | null>>;
  /** Null is not known. */
  readonly sizes: Readonly<Record<typeof SIZES[number], number | null>>;
  readonly outcome: SessionOutcome;
  /** Calls by name of the tool: how many, and how many of them ended well or failed. */
  readonly tools: ReadonlyMap<string, readonly [uses: number, ok: number, failed: number]>;
}

type Head = [number, string, number, number | null, number | null, number | null, number];

const NONE: readonly number[][] = [];
const PROMPTS: readonly number[] = ["user_prompt", "queued_prompt"].map((type) =>
  EVENT_TYPES.indexOf(type as typeof EVENT_TYPES[number])
);
const INTERRUPTION = EVENT_TYPES.indexOf("interruption");
/** Of a read, not of a command. */
const READ_FORMS: ReadonlySet<string> = new Set(["part", "whole"]);

/** Those that count of all sessions, or of these, by number. */
export function readSessionVectors(
  db: Database,
  sessions?: readonly number[],
): [number, SessionVector][] {
  const words = readWords(db);
  const heads = prepareArrays(
    db,
    `select id, session_id, platform, project, started_at, ended_at, not ${TELLS_NO_TOKENS}
     from sessions s where counted = 1${ofSessions("id", sessions)}`,
  ).all(...among(sessions)) as unknown as Head[];
  const read = (columns: string, rest: string, group = "") => {
    const rows = prepareArrays(
      db,
      `select session, ${columns} from ${rest}${ofSessions("session", sessions)} ${group}`,
    ).all(...among(sessions)) as unknown as number[][];
    return Map.groupBy(rows, ([session]) => session!);
  };
  const rows = {
    models: read(
      `member, messages, input + output + cache_read + cache_creation, cost_micros,
       input + output + cache_read + cache_creation - priced_tokens + messages_without_tokens,
       messages_without_stop_reason`,
      "model_sums where tier = 0 and bucket = 0",
    ),
    tools: read(
      `member, uses, ok, failed, rejected, lines_added + lines_removed, git_commits,
       edits_accepted + edits_auto, edits_rejected + edits_modified + edits_undone,
       web_searches`,
      "tool_sums where tier = 0 and bucket = 0",
    ),
    extensions: read("member, uses", "extension_sums where tier = 0 and bucket = 0"),
    inputs: read("member, count", "input_sums where tier = 0 and bucket = 0"),
    forms: read(
      "form, count(*)",
      "tool_calls where form is not null",
      "group by session, form",
    ),
    spans: read("sum(to_at - from_at)", "active_spans where true", "group by session"),
  };
  const textOf = (number: number | null) => words.get(number ?? -1) ?? "other";
  return heads.map((head) => {
    const of = (name: keyof typeof rows) => rows[name].get(head[0]) ?? NONE;
    return [head[0], vectorOf(head, of, textOf)];
  });
}

function vectorOf(
  [number, sessionId, platform, project, startedAt, endedAt, tokensKept]: Head,
  of: (
    name: "models" | "tools" | "extensions" | "inputs" | "forms" | "spans",
  ) => readonly number[][],
  textOf: (number: number | null) => string,
): SessionVector {
  const [models, tools, inputs] = [of("models"), of("tools"), of("inputs")];
  const sum = (rows: readonly number[][], column: number) =>
    rows.reduce((total, row) => total + row[column]!, 0);
  const byClass = mixOf(tools, (tool) => toolClass(textOf(tool)));
  const commands = mixOf(
    of("forms").filter(([, form]) => !READ_FORMS.has(textOf(form!))),
    textOf,
  );
  const isPriced = tokensKept === 1 && sum(models, 5) === 0;
  return {
    number,
    sessionId,
    platform: textOf(platform),
    project: project === null ? null : textOf(project),
    startedAt,
    endedAt,
    mixes: {
      extensions: mixOf(of("extensions"), textOf),
      tools: byClass,
      // Not every assistant tells what its commands were.
      commands: commands.size === 0 && byClass.has("shell") ? null : commands,
      models: mixOf(models, textOf),
    },
    sizes: {
      prompts: sum(inputs.filter(([, kind]) => PROMPTS.includes(kind!)), 2),
      calls: sum(tools, 2),
      lines: linesOf(tools, textOf),
      tokens: tokensKept === 1 ? sum(models, 3) : null,
      active_ms: startedAt === null ? null : sum(of("spans"), 1),
    },
    outcome: {
      kept: sum(tools, 8),
      judged: sum(tools, 8) + sum(tools, 9),
      failed: sum(tools, 4),
      finished: sum(tools, 3) + sum(tools, 4),
      stops: sum(tools, 5) + sum(inputs.filter(([, kind]) => kind === INTERRUPTION), 2),
      commits: sum(tools, 7),
      micros: isPriced ? sum(models, 4) + sum(tools, 10) * WEB_SEARCH_MICROS : null,
      isLowerBound: isPriced ? sum(models, 6) > 0 : null,
    },
    tools: new Map(tools.map((row) => [textOf(row[1]!), [row[2]!, row[3]!, row[4]!] as const])),
  };
}

/** Null where changes were made, and none of them tells its lines. */
function linesOf(
  tools: readonly number[][],
  textOf: (number: number) => string,
): number | null {
  const lines = tools.reduce((sum, row) => sum + row[6]!, 0);
  const hasChanges = tools.some(([, tool, , ok]) =>
    ok! > 0 && ["edit", "create"].includes(toolClass(textOf(tool!)))
  );
  return lines === 0 && hasChanges ? null : lines;
}

function mixOf(rows: readonly number[][], nameOf: (number: number) => string): Mix {
  const mix = new Map<string, number>();
  for (const [, member, count] of rows) {
    const name = nameOf(member!);
    if (count! > 0) mix.set(name, (mix.get(name) ?? 0) + count!);
  }
  return mix;
}
