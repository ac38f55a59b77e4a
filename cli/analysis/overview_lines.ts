/**
 * A session at a glance: where and when it was, what was done, and what that cost.
 *
 * @module
 */

import { platformName } from "../../capture/registry.ts";
import { costText } from "../../core/cost_text.ts";
import {
  formatCount,
  formatCounted,
  formatDuration,
  formatMoney,
  formatShare,
} from "../../core/format.ts";
import { printable } from "../../core/printable.ts";
import type { ContextReport } from "../../core/reports/context_report.ts";
import type { SessionReport } from "../../core/reports/session_report.ts";
import type { Session } from "../../core/reports/sessions_report.ts";
import { toldTokens } from "../../core/reports/told_tokens.ts";
import { isOutputOpen } from "../../core/reports/output_bound.ts";
import { priceNote } from "../headlines.ts";
import { fitText, type Paint } from "../table.ts";
import { wrapList, wrapText } from "../wrap.ts";
import { localDay, localTime } from "./local_time.ts";
import { phasesText, waitsText } from "./path_sheets.ts";
import { agentsText, timeBar, timeText } from "./time_bar.ts";

const TITLE_COLUMNS = 12;
const TEXT_COLUMNS_MIN = 20;
const BAR_CELLS = 40;
const ID_CHARACTERS = 8;
const VERDICT_TEXTS = {
  accepted: "accepted",
  rejected: "rejected",
  modified: "modified",
  undone: "undone",
  auto: "without asking you",
  unknown: "unknown",
} as const;
const EVIDENCE_TEXTS: Readonly<Record<string, string>> = {
  ran: "ran where a person could refuse",
  permission: "by permission",
  committed: "and committed",
  review: "in review",
};

/** What the lines are made of. */
type Overview = Pick<SessionReport, "session" | "context" | "critical_path" | "usage">;

/** The lines, the title first, of at most `width` columns: what has no room goes on below. */
export function overviewLines(report: Overview, paint: Paint, width: number): string[] {
  const { session } = report;
  const project = session.project_label ?? session.project_id?.slice(0, ID_CHARACTERS);
  const place = [
    ...project === undefined ? [] : [printable(project)],
    [platformName(session.platform), ...session.versions.slice(-1)].join(" "),
    ...session.forked_from === null
      ? []
      : [`forked from ${session.forked_from.slice(0, ID_CHARACTERS)}`],
  ];
  return [
    ...wrapText(`session ${session.session_id}`, width).map((line) =>
      paint.bold(fitText(line, width))
    ),
    ...wrapList(place.join(", "), width).map((line) => fitText(line, width)),
    "",
    ...overviewRows(report, width - TITLE_COLUMNS).flatMap(([title, text]) =>
      rowLines(title, text, paint, width)
    ),
  ];
}

function rowLines(title: string, text: string, paint: Paint, width: number): string[] {
  const room = Math.max(TEXT_COLUMNS_MIN, width - TITLE_COLUMNS);
  return wrapList(text, room).map((line, i) =>
    (i === 0 ? paint.dim(title.padEnd(TITLE_COLUMNS)) : " ".repeat(TITLE_COLUMNS)) +
    fitText(line, room)
  );
}

/** The names and texts of what is told; a bar has so many cells at most. */
export function overviewRows(report: Overview, cells = BAR_CELLS): [string, string][] {
  const { session, context } = report;
  const rows: [string, string][] = [
    ["when", whenText(session)],
    ["time", timeBar(session.time, Math.min(cells, BAR_CELLS))],
    ["", timeText(session.time)],
    ["sub-agents", agentsText(session.time)],
    ["waited for", waitsText(report.critical_path)],
    ["phases", phasesText(report)],
    ["prompts", promptsText(session)],
    ["tool calls", callsText(session)],
    ["lines", linesText(session)],
    ["edits", editsText(session)],
    ["accepted", evidenceText(session)],
    ["tokens", tokensText(session)],
    ["cost", wholeCostText(session)],
    ["cache", cacheText(session)],
    ["context", contextText(context)],
    ["score", scoreText(session)],
  ];
  return rows.filter(([, text]) => text !== "");
}

function whenText({ started_at, ended_at, duration_ms, active_ms }: Session): string {
  if (started_at === null || ended_at === null || duration_ms === null) {
    return "–, its assistant dates nothing";
  }
  const [from, to] = [Date.parse(started_at), Date.parse(ended_at)];
  const isOneDay = localDay(from) === localDay(to);
  const until = isOneDay ? localTime(to) : `${localDay(to)} ${localTime(to)}`;
  const active = active_ms === null ? "" : `, active ${formatDuration(active_ms)}`;
  return `${localDay(from)} ${localTime(from)} to ${until}, ${
    formatDuration(duration_ms)
  }${active}`;
}

function promptsText(session: Session): string {
  return listed(formatCount(session.user_prompts), [
    [session.queued_prompts, "queued"],
    [session.slash_commands, "command", true],
    [session.interruptions, "interruption", true],
    [session.compactions, "compaction", true],
    [session.subagents, "sub-agent", true],
  ]) + `; ${formatCounted(session.assistant_messages ?? 0, "response")}`;
}

function callsText({ tool_uses, tool_results_by_kind: kinds, ...session }: Session): string {
  return listed(formatCount(tool_uses), [
    [kinds?.failed, "failed"],
    [kinds?.rejected, "refused"],
    [kinds?.interrupted, "interrupted"],
    [session.permission_requests, "asked for permission"],
  ]);
}

function linesText(session: Session): string {
  const { lines_added: added, lines_removed: removed } = session;
  return listed(added === null ? "–" : `+${formatCount(added)} −${formatCount(removed)}`, [
    [session.files_touched, "file", true, " changed"],
    [session.files_created, "created"],
  ]);
}

function editsText({ acceptance }: Session): string {
  const verdicts = Object.entries(VERDICT_TEXTS).flatMap(([name, text]) => {
    const count = acceptance[name as keyof typeof VERDICT_TEXTS];
    return count ? [`${formatCount(count)} ${text}`] : [];
  });
  if (verdicts.length === 0) return "none";
  const rate = acceptance.rate === null ? "" : `; ${formatShare(acceptance.rate)} accepted`;
  return verdicts.join(", ") + rate;
}

/** By what it is known that edits were accepted. */
function evidenceText({ acceptance }: Session): string {
  return Object.entries(acceptance.evidence)
    .map(([name, count]) => `${formatCount(count)} ${EVIDENCE_TEXTS[name] ?? name}`).join(", ");
}

function tokensText(session: Session): string {
  const { unknown } = session, tokens = toldTokens(session);
  if (tokens.output === null) {
    const isUnread = unknown.tokens?.reason === "not_read";
    return isUnread ? "–, only hooks told of it" : "–, its assistant keeps none";
  }
  const sign = isOutputOpen(session) ? "≥" : "";
  return `${formatCount(tokens.input)} in, ${sign}${formatCount(tokens.output)} out, ` +
    `${formatCount(tokens.cache_read)} from the cache, ` +
    `${formatCount(tokens.cache_creation)} into it` +
    (unknown.tokens ? "; of some responses none are kept" : "");
}

function wholeCostText(session: Session): string {
  const { cost_usd, cost_coverage, unknown } = session;
  if (cost_usd === null) {
    if (unknown.cost_usd?.reason === "not_read") return "–, as no tokens are known";
    return cost_coverage === 0 ? "–, as its models have no price" : "–, as no tokens are kept";
  }
  const note = priceNote({ cost_coverage });
  return costText(session) +
    (note === "" ? "" : `; ${note.replace(/^cost /, "")}`);
}

function cacheText({ cache_saved_usd: saved }: Session): string {
  if (saved === null || saved === 0) return "";
  return saved > 0 ? `saved ${formatMoney(saved)}` : `cost ${formatMoney(-saved)} more than none`;
}

/** How full it was; the size of what a model can hold is not known of all. */
function contextText(context: ContextReport | null): string {
  if (context === null || context.requests.count === 0) return "";
  const { requests: { largest_tokens, largest_share, last_tokens, last_share } } = context;
  const size = (tokens: number | null, share: number | null) =>
    formatCount(tokens) + (share === null ? "" : ` (${formatShare(share)})`);
  return `${size(largest_tokens, largest_share)} at most, ${
    size(last_tokens, last_share)
  } at last`;
}

function scoreText({ productivity: { score, components } }: Session): string {
  if (score === null) return "";
  const missing = Object.values(components).filter(({ value }) => value === null).length;
  const without = missing === 0 ? "" : `; not known: ${formatCounted(missing, "part")} of it`;
  return `${score} of 100, experimental${without}`;
}

type Part = readonly [
  count: number | null | undefined,
  text: string,
  isCounted?: boolean,
  behind?: string,
];

/** The first text, and behind it what there is. */
function listed(first: string, parts: readonly Part[]): string {
  const texts = parts.flatMap(([count, text, isCounted = false, behind = ""]) => {
    if (!count) return [];
    return [(isCounted ? formatCounted(count, text) : `${formatCount(count)} ${text}`) + behind];
  });
  return [first, ...texts].join(", ");
}
