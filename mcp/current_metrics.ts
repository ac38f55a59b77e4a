/**
 * The tool `get_current_metrics`: how the last 24 hours went, in a few numbers.
 *
 * @module
 */

import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { metricOf } from "../core/metrics.ts";
import { reportHeadlines } from "../core/reports/metrics_report.ts";
import { rollingPeriod } from "../core/reports/period.ts";
import type { Rate } from "../core/reports/rates.ts";
import type { Unknown } from "../core/reports/unknown.ts";
import type { McpContext } from "./mcp_context.ts";

const PERIOD = "24h";
/** Below this many finished tool calls a rate says nothing. */
const CALLS_NEEDED = 20;

const OUTPUT = {
  status: z.enum(["ok", "insufficient_data"]).describe("whether the rates rest on enough calls"),
  n: z.number().int().describe("finished tool calls in the period"),
  needed: z.number().int().describe("finished tool calls that the rates need"),
  period: z.string().describe("the rolling period that the numbers speak of"),
  acceptance_rate: z.number().nullable().describe(meaningOf("acceptance_rate")),
  productivity_score: z.number().nullable().describe(meaningOf("productivity_score")),
  error_rate: z.number().nullable().describe(meaningOf("error_rate")),
  rejection_rate: z.number().nullable().describe(meaningOf("rejection_rate")),
  tools_used: z.record(z.string(), z.number()).describe(meaningOf("tool_uses_by_name")),
  lines_changed: z.object({ added: z.number().nullable(), removed: z.number().nullable() }),
  sessions: z.number().int().describe(meaningOf("sessions")),
  cost_usd: z.number().nullable().describe(meaningOf("cost_usd")),
  cost_is_lower_bound: z.boolean().nullable()
    .describe(meaningOf("cost_is_lower_bound")),
  cost_coverage: z.number().nullable().describe(meaningOf("cost_coverage")),
  unknown: z.record(
    z.string(),
    z.object({
      reason: z.string(),
      sessions: z.number().nullable(),
      platforms: z.array(z.string()).nullable(),
    }),
  ).describe("numbers that leave sessions out, and why; empty: none"),
};

/** What a number says, and when it is null, by the catalogue. */
function meaningOf(id: string): string {
  const { meaning, nullWhen } = metricOf(id);
  return nullWhen === null ? meaning : `${meaning}; null: ${nullWhen}`;
}

function isEnough(rate: Rate | null): rate is Rate {
  return rate !== null && rate.n >= CALLS_NEEDED;
}

/** Adds the tool to a server. */
export function addCurrentMetrics(server: McpServer, context: McpContext): void {
  server.registerTool("get_current_metrics", {
    title: "Current metrics",
    description: "How the assistants on this machine did in the last 24 hours: error and " +
      "rejection rate, tools used, lines changed. Counts only, no content.",
    inputSchema: {},
    outputSchema: OUTPUT,
    annotations: { readOnlyHint: true, openWorldHint: false, idempotentHint: true },
  }, async () => {
    const now = context.clock.now();
    const { totals, rates, productivity } = await context.read((db) =>
      reportHeadlines(db, { period: rollingPeriod(PERIOD, now), now })
    ).catch((cause: unknown) => {
      // Its own words may hold a path, and go to the assistant.
      throw new Error("Cannot tell the metrics: the report failed", { cause });
    });
    const n = rates.error?.n ?? 0, enough = n >= CALLS_NEEDED;
    const structuredContent = {
      status: enough ? "ok" as const : "insufficient_data" as const,
      n,
      needed: CALLS_NEEDED,
      period: PERIOD,
      acceptance_rate: isEnough(rates.acceptance) ? rates.acceptance.value : null,
      productivity_score: productivity?.score ?? null,
      error_rate: enough ? rates.error?.value ?? null : null,
      rejection_rate: enough ? rates.rejection?.value ?? null : null,
      tools_used: totals.tool_uses_by_name ?? {},
      lines_changed: { added: totals.lines_added, removed: totals.lines_removed },
      sessions: totals.sessions,
      cost_usd: totals.cost_usd,
      cost_is_lower_bound: totals.cost_is_lower_bound,
      cost_coverage: totals.cost_coverage,
      unknown: totals.unknown as Record<string, Unknown>,
    };
    return {
      structuredContent,
      content: [{ type: "text" as const, text: JSON.stringify(structuredContent) }],
    };
  });
}
