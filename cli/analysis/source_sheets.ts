/**
 * What each source saw of a session, as tables.
 *
 * @module
 */

import { costText } from "../../core/cost_text.ts";
import { formatCount, formatMoney } from "../../core/format.ts";
import type { Cost } from "../../core/reports/cost.ts";
import { isOutputOpen } from "../../core/reports/output_bound.ts";
import type { Session } from "../../core/reports/sessions_report.ts";
import { toldTokens } from "../../core/reports/told_tokens.ts";
import {
  type ComparedFact,
  type SourceComparison,
  type SourceName,
  SOURCES,
} from "../../core/source_comparison.ts";
import type { PartSheet } from "./part_tables.ts";

/** What of a session is told beside what others counted. */
type CountedSession = Pick<Session, "tokens" | "tokens_by_model" | keyof Cost>;

const TITLES: Readonly<Record<SourceName, string>> = {
  files: "files",
  hooks: "hooks",
  log_records: "logs",
  spans: "spans",
};
const NAMES: Readonly<Record<ComparedFact["fact"], string>> = {
  prompts: "prompts",
  responses: "responses",
  tool_calls: "tool calls",
  decisions: "decisions",
  compactions: "compactions",
};
const COUNTERS = {
  files: "files, by us",
  log_records: "logs",
  metrics: "metrics",
  client: "client's own totals",
} as const;

/** How many of each kind of fact each source saw, and what only one of them did. */
export function factSheet(
  { facts }: SourceComparison,
  { forked_from }: Pick<Session, "forked_from">,
): PartSheet {
  const shown = facts.filter(({ seen }) => Object.values(seen).some((count) => count !== null));
  return {
    columns: [
      { title: "seen by" },
      ...SOURCES.map((source) => ({ title: TITLES[source], number: true, weight: 5 })),
      { title: "all", number: true, weight: 3 },
      { title: "one alone", weight: 2 },
      { title: "disagree", number: true, weight: 4 },
      { title: "believed", weight: 1 },
    ],
    rows: shown.map((fact) => [
      NAMES[fact.fact],
      ...SOURCES.map((source) => formatCount(fact.seen[source])),
      formatCount(fact.in_all),
      aloneText(fact),
      formatCount(fact.disagreeing),
      TITLES[fact.believed],
    ]),
    empty: "No event of this session is stored.",
    note:
      "Facts are joined by their ids; – is what a source does not tell, or cannot be joined." +
      (forked_from === null ? "" : " What this fork has copied is among them."),
  };
}

/** Where sources disagree: what each says of the first few facts, and which is believed. */
export function differenceSheet({ facts }: SourceComparison): PartSheet {
  const rows = facts.flatMap((fact) =>
    fact.differences.map(({ id, says }) => [
      NAMES[fact.fact],
      id,
      SOURCES.filter((source) => says[source] !== undefined)
        .map((source) => `${TITLES[source]}: ${says[source]}`).join("; "),
      TITLES[fact.believed],
    ])
  );
  return {
    columns: [
      { title: "disagree" },
      { title: "id", weight: 1 },
      { title: "what they say" },
      { title: "believed" },
    ],
    rows,
    empty: "No source contradicts another.",
    note: facts.filter(({ differences }) => differences.length > 0)
      .map(({ fact, why }) => `${NAMES[fact]}: ${why}`).join("; ") || undefined,
  };
}

/**
 * Tokens and cost by who counted them; those of files as the session tells them, which leaves to
 * a fork's origin what the fork has copied.
 */
export function tokenSheet({ tokens }: SourceComparison, session: CountedSession): PartSheet {
  const sign = isOutputOpen(session) ? "≥" : "", own = toldTokens(session);
  return {
    columns: [
      { title: "counted by" },
      { title: "input", number: true, weight: 2 },
      { title: "output", number: true },
      { title: "cache reads", number: true, weight: 3 },
      { title: "cache writes", number: true, weight: 1 },
      { title: "cost", number: true },
    ],
    rows: tokens.map(({ by, tokens: counted, cost_usd }) => {
      const isOwn = by === "files", counts = isOwn ? own : counted;
      return [
        COUNTERS[by],
        formatCount(counts.input),
        (isOwn ? sign : "") + formatCount(counts.output),
        formatCount(counts.cache_read),
        formatCount(counts.cache_creation),
        isOwn ? costText(session) : formatMoney(cost_usd),
      ];
    }),
    empty: "No tokens are told.",
    note: "Logs and metrics hold requests beside the conversation, too; reports count the files.",
  };
}

function aloneText({ only }: ComparedFact): string {
  const alone = SOURCES.filter((source) => (only[source] ?? 0) > 0)
    .map((source) => `${TITLES[source]} ${formatCount(only[source])}`);
  return alone.join(", ") || "–";
}
