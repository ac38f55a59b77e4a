/**
 * The decisions of one session: each edit with its verdict and evidence, and each call that was
 * refused or about which a person was asked.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import {
  type EVIDENCE,
  JUDGED_COLUMNS,
  judgementOf,
  type ReportedCall,
} from "../edit_verdict.ts";
import { type Outcome, OUTCOMES, VERDICTS } from "../session_counts.ts";

/** What can be chosen: edits by verdict, other calls as `refused` or `allowed`. */
export const DECISION_CHOICES = [...VERDICTS, "refused", "allowed"] as const;

/** One of {@linkcode DECISION_CHOICES}. */
export type DecisionChoice = typeof DECISION_CHOICES[number];

/** One decision. */
export interface Decision {
  /** When the assistant asked for the call. */
  readonly at: string;
  readonly tool: string;
  readonly extension: string | null;
  /** The mode of permission; null where it is not told. */
  readonly mode: string | null;
  readonly choice: DecisionChoice;
  /** By what that is known; null where nothing tells it. */
  readonly evidence: typeof EVIDENCE[number] | typeof REFUSALS[number] | "permission" | null;
  /** How the call ended; null where it did not. */
  readonly outcome: Outcome | null;
  /** Whether a person was asked. */
  readonly asked: boolean;
  /** How long that person took; null where no hook told it. */
  readonly decision_ms: number | null;
  readonly lines_added: number;
  readonly lines_removed: number;
  readonly of_subagent: boolean;
  /** Its share of the response that asked for it; null where that has no price. */
  readonly cost_usd: number | null;
}

/** What is asked of the decisions. */
export interface DecisionsQuery {
  /** Only these; all of them without it. */
  readonly choice?: DecisionChoice | undefined;
  /** How many; 0 is all. @default {50} */
  readonly limit?: number;
  /** @default {0} */
  readonly offset?: number;
}

/** A part of the decisions. */
export interface Decisions {
  /** In the order of time. */
  readonly decisions: readonly Decision[];
  /** How many there are by choice, whatever is asked for. */
  readonly counts: Readonly<Record<DecisionChoice, number>>;
}

/** How a call ends that a person, a rule or mode, or a hook refused. */
const REFUSALS = ["rejected", "permission_denied", "hook_blocked"] as const;
/** A transcript's line can be dated a moment behind the hook that speaks of it. */
const SLACK_MS = 2000;
const JUDGED = [...JUDGED_COLUMNS, "reported"] as const satisfies readonly (keyof ReportedCall)[];

const WHERE = `session = ? and tool is not null and (is_edit = 1 or asked = 1
      or outcome in (${REFUSALS.map((name) => OUTCOMES.indexOf(name)).join(", ")}))`;
const VERDICT_SUMS = VERDICTS.map((verdict) => `ifnull(sum(edits_${verdict}), 0)`).join(", ");

/** The queries, of one session or call: each is answered by an index. */
export const DECISION_QUERIES = {
  edits: `select ${VERDICT_SUMS} from tool_sums where tier = 0 and bucket = 0 and session = ?`,
  others: `select outcome, count(*) from tool_calls where ${WHERE} and is_edit = 0 group by 1`,
  calls: `select key, at, is_edit, mode, ${JUDGED.join(", ")} from tool_calls where ${WHERE}
    order by at, key limit ? offset ?`,
  details: `select tool, extension, side, lines_added, lines_removed, noted_added, noted_removed,
      share_micros,
      iif(asked = 1 and (outcome = ${OUTCOMES.indexOf("rejected")} or duration_ms is not null),
        (select iif(count(*) = 1, max(0, x.resolved_at -
            iif(x.outcome = ${OUTCOMES.indexOf("rejected")}, 0, x.duration_ms) - p.at), null)
          from permission_requests p where p.session = x.session and p.tool = x.tool
            and p.at >= x.used_at - ${SLACK_MS} and p.at <= x.resolved_at), null)
    from tool_calls x where key = ?`,
} as const;

type CallRow = [
  key: number,
  at: number,
  isEdit: number,
  mode: number | null,
  ...judged: (number | null)[],
];

type DetailRow = [
  tool: number,
  extension: number | null,
  side: number,
  added: number,
  removed: number,
  notedAdded: number | null,
  notedRemoved: number | null,
  micros: number | null,
  decisionMs: number | null,
];

interface Judged extends Pick<Decision, "mode" | "choice" | "evidence" | "outcome" | "asked"> {
  readonly key: number;
  readonly at: number;
}

/** The decisions of a session, by its number. */
export function readSessionDecisions(
  db: Database,
  session: number,
  words: ReadonlyMap<number, string>,
  { choice, limit = 50, offset = 0 }: DecisionsQuery = {},
): Decisions {
  const counts = countChoices(db, session);
  const read = (most: number, from: number) =>
    (prepareArrays(db, DECISION_QUERIES.calls).all(session, most, from) as unknown as CallRow[])
      .map((row) => judged(row, words));
  const most = limit === 0 ? -1 : limit;
  const shown = choice === undefined
    ? read(most, offset)
    : counts[choice] === 0
    ? []
    : read(-1, 0).filter((one) => one.choice === choice)
      .slice(offset, limit === 0 ? undefined : offset + limit);
  return { decisions: shown.map((one) => decisionOf(db, one, words)), counts };
}

function countChoices(db: Database, session: number): Record<DecisionChoice, number> {
  const { edits, others } = DECISION_QUERIES;
  const verdicts = prepareArrays(db, edits).get(session) as unknown as number[];
  const counts = Object.fromEntries([
    ...VERDICTS.map((verdict, i) => [verdict, verdicts[i]!]),
    ["refused", 0],
    ["allowed", 0],
  ]) as Record<DecisionChoice, number>;
  const rows = prepareArrays(db, others).all(session) as unknown as [number | null, number][];
  for (const [outcome, count] of rows) {
    counts[ofOther(OUTCOMES[outcome ?? -1] ?? null).choice] += count;
  }
  return counts;
}

function judged(
  [key, at, isEdit, mode, ...values]: CallRow,
  words: ReadonlyMap<number, string>,
): Judged {
  const call = Object.fromEntries(
    JUDGED.map((name, i) => [name, values[i] ?? null]),
  ) as unknown as ReportedCall;
  const modeText = mode === null ? null : words.get(mode) ?? null;
  const outcome = OUTCOMES[call.outcome ?? -1] ?? null;
  return {
    key,
    at,
    mode: modeText,
    outcome,
    asked: call.asked === 1,
    ...isEdit === 1 ? ofEdit(call, modeText) : ofOther(outcome),
  };
}

function ofEdit(call: ReportedCall, mode: string | null): Pick<Judged, "choice" | "evidence"> {
  const { verdict, evidence } = judgementOf(call, mode);
  const outcome = OUTCOMES[call.outcome ?? -1];
  // A rule that refused an edit tells nothing of what a person thinks of it, but it is known.
  const refusal = REFUSALS.find((name) => name === outcome && verdict === "unknown");
  return { choice: verdict, evidence: evidence ?? refusal ?? null };
}

function ofOther(outcome: Outcome | null): Pick<Judged, "choice" | "evidence"> {
  const refusal = REFUSALS.find((name) => name === outcome);
  return refusal === undefined
    ? { choice: "allowed", evidence: "permission" }
    : { choice: "refused", evidence: refusal };
}

function decisionOf(
  db: Database,
  { key, at, ...known }: Judged,
  words: ReadonlyMap<number, string>,
): Decision {
  const row = prepareArrays(db, DECISION_QUERIES.details).get(key) as unknown as DetailRow;
  const [tool, extension, side, added, removed, notedAdded, notedRemoved, micros, ms] = row;
  const isNoted = added === 0 && removed === 0 && known.outcome === "ok";
  return {
    at: new Date(at).toISOString(),
    tool: words.get(tool) ?? "other",
    extension: extension === null ? null : words.get(extension) ?? null,
    ...known,
    decision_ms: ms,
    lines_added: isNoted ? notedAdded ?? 0 : added,
    lines_removed: isNoted ? notedRemoved ?? 0 : removed,
    of_subagent: side === 1,
    cost_usd: micros === null ? null : micros / 1e6,
  };
}
