/**
 * What the reports of numbers answer: metrics, sessions, one session, acceptance.
 *
 * @module
 */

import * as z from "zod";
import { STEP_KINDS } from "../../core/critical_path.ts";
import { CALL_PHASES } from "../../core/phases.ts";
import { WHO_LETS_RUN } from "../../core/reports/let_run_by.ts";
import { OUTCOMES, VERDICTS } from "../../core/session_counts.ts";
import { catalogueShape } from "./catalogue_schema.ts";
import { INSIGHT } from "./insight_schemas.ts";
import { COVERAGE, MOMENT, named, PERCENTILES, RATE, SPAN } from "./schema_parts.ts";

const NUMBER = z.number().nullable();
const TEXT = z.string().nullable();
const FLAG = z.boolean().nullable();

const UNKNOWN = z.object({
  reason: z.enum(["not_kept_by_platform", "not_read"]),
  sessions: NUMBER,
  platforms: z.array(z.string()).nullable(),
}).optional().describe(
  "What is in no sum, as its platform does not keep it, or hooks alone told of it",
);
const UNKNOWNS = z.object({ tokens: UNKNOWN, cost_usd: UNKNOWN });

const EXPERIMENTAL = z.literal("experimental");

const TOTALS = named(
  "Totals",
  z.object(catalogueShape("metrics", "totals", { unknown: UNKNOWNS })),
);
const RATES = named("Rates", z.object(catalogueShape("metrics", "rates")));
const LATENCY = named("Latency", z.object(catalogueShape("metrics", "latency")));
const TIME = named("Time", z.object(catalogueShape("metrics", "time")));
const CONTEXT = named(
  "Context",
  z.object(catalogueShape("metrics", "context", {
    "agents.<agent>.label": TEXT.optional(),
    "skills.<skill>.label": TEXT.optional(),
    "servers.<server>.label": TEXT.optional(),
  })),
);
const USAGE = named(
  "Usage",
  z.object(catalogueShape("metrics", "usage", {
    "models.preferred": TEXT,
    "pace.new_input_per_output_band": TEXT,
    "tools.sequences[].tools": z.array(z.string()),
    "workflows[].phases": z.array(z.enum(CALL_PHASES)),
  })),
);
const EXPORTED = named("Exported", z.object(catalogueShape("metrics", "exported")));
const PRODUCTIVITY = z.object({
  ...catalogueShape("metrics", "productivity"),
  status: EXPERIMENTAL,
}).nullable();

const GROUP = named(
  "Group",
  z.object({
    key: z.string(),
    label: z.string().optional().describe("A name for this machine's user"),
    totals: TOTALS,
    rates: RATES,
    latency: LATENCY,
    time: TIME.nullable(),
  }),
);

/** The document of metrics. */
export const METRICS_DOCUMENT = named(
  "Metrics",
  z.object({
    ...catalogueShape("metrics", "", { "daily_lines[].day": z.string() }),
    schema: z.literal("blueplane.metrics/1"),
    period: SPAN,
    totals: TOTALS,
    rates: RATES,
    latency: LATENCY,
    time: TIME.nullable(),
    productivity: PRODUCTIVITY,
    coverage: COVERAGE,
    context: CONTEXT.nullable(),
    usage: USAGE.nullable(),
    exported: EXPORTED.nullable(),
    groups: z.array(GROUP).optional(),
  }),
);

const SESSION = named(
  "Session",
  z.object({
    ...catalogueShape("sessions", "sessions[]", { unknown: UNKNOWNS }),
    session_id: z.string(),
    platform: z.string(),
    project_id: TEXT,
    project_label: TEXT,
    started_at: MOMENT.nullable(),
    ended_at: MOMENT.nullable(),
    models: z.array(z.string()),
    versions: z.array(z.string()),
    modes: z.array(z.string()),
    forked_from: TEXT,
    productivity: z.object({
      ...catalogueShape("sessions", "sessions[].productivity"),
      status: EXPERIMENTAL,
    }),
  }),
);

/** The document of sessions. */
export const SESSIONS_DOCUMENT = named(
  "Sessions",
  z.object({
    schema: z.literal("blueplane.sessions/1"),
    sessions: z.array(SESSION),
    total: z.number(),
    coverage: COVERAGE,
  }),
);

const SUBAGENT = named(
  "Subagent",
  z.object({
    type: TEXT,
    outcome: TEXT,
    started_at: MOMENT.nullable(),
    duration_ms: NUMBER,
    responses: z.number(),
    tool_calls: z.number(),
    failed: z.number(),
    tokens: z.object({
      input: z.number(),
      output: z.number(),
      cache_read: z.number(),
      cache_creation: z.number(),
    }).nullable(),
    cost_usd: NUMBER,
    cost_is_lower_bound: FLAG,
    get subagents() {
      return z.array(SUBAGENT as z.ZodType);
    },
  }),
);

const TURN = named(
  "Turn",
  z.object({
    started_at: MOMENT,
    kind: z.string(),
    duration_ms: NUMBER,
    idle_before_ms: NUMBER,
    responses: z.number(),
    tool_calls: z.number(),
    tools: z.record(z.string(), z.number()),
    phases: z.array(z.enum(CALL_PHASES)),
    failed: z.number(),
    interrupted: z.boolean(),
    rewound: FLAG,
    subagents: z.array(SUBAGENT),
    permission_requests: NUMBER,
    cost_usd: NUMBER,
    cost_is_lower_bound: FLAG,
    cost_so_far_usd: NUMBER,
    cost_so_far_is_lower_bound: FLAG,
  }),
);

const CODE = { lines_added: NUMBER, lines_removed: NUMBER, files_created: NUMBER };
const EVIDENCE = z.record(z.string(), z.number());
const VERDICT_COUNTS = Object.fromEntries(VERDICTS.map((verdict) => [verdict, NUMBER]));

const STEP_WORDS = { what: z.enum(STEP_KINDS), tool: TEXT, of_subagent: z.boolean() };
const CRITICAL_PATH = named(
  "CriticalPath",
  z.object(catalogueShape("analyze", "critical_path", {
    ...wordsAt("waited_for[].", STEP_WORDS),
    ...wordsAt("longest[].", { ...STEP_WORDS, started_at: MOMENT }),
  })),
);

/** The document of one session. */
export const SESSION_DOCUMENT = named(
  "Analyze",
  z.object({
    schema: z.literal("blueplane.analyze/1"),
    session: SESSION,
    turns: z.array(TURN),
    tools: z.array(z.object({
      tool: z.string(),
      uses: z.number(),
      results: z.object(Object.fromEntries(OUTCOMES.map((outcome) => [outcome, z.number()]))),
      tool_ms: PERCENTILES.nullable(),
      ...CODE,
    })),
    files: z.array(z.object({
      extension: z.string(),
      uses: z.number(),
      files_touched: z.number(),
      ...CODE,
      acceptance: z.object({ ...VERDICT_COUNTS, rate: NUMBER, evidence: EVIDENCE }),
    })),
    insights: z.array(INSIGHT),
    activity: z.object({
      stretch_ms: z.number(),
      counts: z.array(z.number()),
      tokens_so_far: z.array(z.number()).nullable(),
      cost_so_far_usd: z.array(z.number()).nullable(),
    }).nullable(),
    critical_path: CRITICAL_PATH.nullable(),
    coverage: COVERAGE,
    context: CONTEXT.nullable(),
    usage: USAGE.nullable(),
    exported: EXPORTED.nullable(),
  }),
);

/** The document of a session's timeline. */
export const TIMELINE_DOCUMENT = named(
  "Timeline",
  z.object({
    schema: z.literal("blueplane.timeline/1"),
    session_id: z.string(),
    turns: z.array(TURN),
    total: z.number(),
    coverage: COVERAGE,
  }),
);

const REFUSERS = ["person", "rule", "hook"] as const;

const ACCEPTANCE_NUMBERS = {
  edits: z.object({ ...VERDICT_COUNTS, evidence: EVIDENCE }),
  rates: z.object({
    acceptance: RATE.nullable(),
    kept: RATE.nullable(),
    rejection: RATE.nullable(),
    error: RATE.nullable(),
  }),
  tool_uses: NUMBER,
  refused_by: z.object(Object.fromEntries(REFUSERS.map((who) => [who, NUMBER]))),
  lines_added: NUMBER,
  created_file_lines: NUMBER,
  cost_usd: NUMBER,
  cost_is_lower_bound: FLAG,
  cost_coverage: NUMBER,
  cost_by_outcome_usd: z.record(z.string(), z.number()).nullable(),
  cost_rejected_usd: NUMBER,
  cost_failed_usd: NUMBER,
  cost_undone_usd: NUMBER,
  wasted_cost_share: NUMBER,
  cost_per_accepted_line_usd: NUMBER,
  cost_per_kept_line_usd: NUMBER,
  priced_lines_accepted: NUMBER,
  priced_lines_kept: NUMBER,
  rejected_tokens: NUMBER,
  failed_tokens: NUMBER,
};

/** The document of acceptance. */
export const ACCEPTANCE_DOCUMENT = named(
  "AcceptanceReport",
  z.object({
    schema: z.literal("blueplane.acceptance/1"),
    period: SPAN,
    totals: z.object(ACCEPTANCE_NUMBERS),
    decision_ms: PERCENTILES.nullable(),
    let_run_by: z.object(Object.fromEntries(WHO_LETS_RUN.map((who) => [who, z.int()])))
      .nullable(),
    by: z.record(
      z.string(),
      z.array(z.object({
        key: z.string(),
        label: z.string().optional(),
        ...ACCEPTANCE_NUMBERS,
      })),
    ),
    unknown: UNKNOWNS,
    coverage: COVERAGE,
  }),
);

/** The schemas by a path behind another. */
function wordsAt(before: string, words: Readonly<Record<string, z.ZodType>>) {
  return Object.fromEntries(
    Object.entries(words).map(([name, schema]) => [before + name, schema]),
  );
}
