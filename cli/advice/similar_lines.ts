/**
 * Similar sessions as people read them, and as other programs do.
 *
 * @module
 */

import { costText } from "../../core/cost_text.ts";
import { formatAgo, formatCount, formatCounted, formatShare } from "../../core/format.ts";
import type { SimilarReport, SimilarSession } from "../../core/reports/similar_report.ts";
import { csvText } from "../formats/csv.ts";
import { markdownTable } from "../formats/markdown.ts";
import { type Paint, renderTable } from "../table.ts";
import { wrapText } from "../wrap.ts";

/** What the lines are made with. */
export interface AdviceLook {
  readonly paint: Paint;
  readonly columns: number | undefined;
}

const COLUMNS = [
  { title: "session" },
  { title: "project", weight: 5, cuts: true },
  { title: "last", number: true, weight: 6 },
  { title: "alike", number: true },
  { title: "in", weight: 9 },
  { title: "kept", number: true, weight: 7 },
  { title: "failed", number: true, weight: 8 },
  { title: "stopped", number: true, weight: 3 },
  { title: "cost", number: true, weight: 4 },
];
const ID_CHARACTERS = 8;
/** What is less alike than that is no likeness. */
const PART_SHOWN_MIN = 0.5;
const TOOLS_SHOWN = 4;
const WIDTH_DEFAULT = 80;

/** The table, and what is learnt of the sessions. */
export function similarText(
  report: SimilarReport,
  { paint, columns, now }: AdviceLook & { readonly now: number },
): string {
  if (report.status === "insufficient_data") {
    return `Too little to compare: ${report.n} of ${report.needed} sessions.\n`;
  }
  if (report.sessions.length === 0) return "No session is so much alike.\n";
  const rows = rowsOf(report, now);
  const width = (columns ?? WIDTH_DEFAULT) - 2;
  const learnt = [...strategyLines(report), ...toolLines(report)]
    .flatMap((line) => wrapText(line, width).map((part, i) => i === 0 ? part : `  ${part}`));
  return renderTable(COLUMNS, rows, paint, columns) +
    learnt.map((line) => `${line}\n`).join("");
}

/** The table as Markdown, with what is learnt below. */
export function similarMarkdown(report: SimilarReport, now: number): string {
  return markdownTable(COLUMNS, rowsOf(report, now)) +
    [...strategyLines(report), ...toolLines(report)].map((line) => `\n${line}\n`).join("");
}

/** A row for each session. */
export function similarCsv({ sessions }: SimilarReport): string {
  const names = [
    "session_id",
    "platform",
    "project_id",
    "project_label",
    "started_at",
    "similarity",
    "kept_rate",
    "error_rate",
    "stops",
    "commits",
    "cost_usd",
  ];
  return csvText(
    names,
    sessions.map(({ outcome, ...session }) => [
      session.session_id,
      session.platform,
      session.project_id,
      session.project_label,
      session.started_at,
      session.similarity,
      outcome.kept_rate?.value ?? null,
      outcome.error_rate?.value ?? null,
      outcome.stops,
      outcome.commits,
      outcome.cost_usd,
    ]),
  );
}

function rowsOf({ sessions }: SimilarReport, now: number): string[][] {
  return sessions.map((session) => rowOf(session, now));
}

function rowOf(session: SimilarSession, now: number): string[] {
  const { outcome, alike, started_at } = session;
  const label = session.project_label ?? session.project_id?.slice(0, ID_CHARACTERS) ?? "–";
  return [
    session.session_id.slice(0, ID_CHARACTERS),
    label,
    started_at === null ? "–" : formatAgo(Date.parse(started_at), now),
    formatShare(session.similarity),
    // That the model is the same says little of the work.
    alike.filter(({ part, similarity }) => part !== "models" && similarity >= PART_SHOWN_MIN)
      .map(({ part, most }) => most[0] === undefined || part === "size" ? part : most[0])
      .slice(0, 3).join(", "),
    formatShare(outcome.kept_rate?.value),
    formatShare(outcome.error_rate?.value),
    formatCount(outcome.stops),
    costText(outcome),
  ];
}

function strategyLines(
  { strategies: { status, sessions, n, needed, found } }: SimilarReport,
): string[] {
  if (sessions === 0) return ["None of them is so much alike that one could learn from it."];
  const of = `Of ${formatCounted(sessions, "alike session")}`;
  if (status === "insufficient_data") {
    return [`${of}, ${n} went better or worse than the rest; it takes ${needed} to learn from.`];
  }
  const clear = found.filter(({ difference }) => difference.clear);
  if (clear.length === 0) return [`${of}, nothing tells those apart that went well.`];
  return clear.map(({ does, good, others, advice }) =>
    `${formatShare(good.value)} of those that went well ${does} (n ${good.n}), ` +
    `${formatShare(others.value)} of the others (n ${others.n})` +
    (advice === null ? "" : ` → ${advice}`)
  );
}

function toolLines({ tools: { recommended } }: SimilarReport): string[] {
  if (recommended.length === 0) return [];
  const told = recommended.slice(0, TOOLS_SHOWN).map(({ tool, success }) =>
    `${tool} ${formatShare(success?.value)} of ${formatCount(success?.n)}`
  );
  return [`Tools whose calls went well: ${told.join(", ")}`];
}
