/**
 * What the reports of findings, errors and dead letters answer, and what changes them.
 *
 * @module
 */

import * as z from "zod";
import { LETTER_IDS_MAX } from "../../core/dead_letters.ts";
import { INSIGHT_KINDS } from "../../core/insight_kinds.ts";
import { INSIGHT_TYPES, SEVERITIES } from "../../core/insight_rule.ts";
import { COVERAGE, DIFFERENCE, MOMENT, named, RATE, SPAN, STATUS } from "./schema_parts.ts";

const NUMBER = z.number().nullable();
const TEXT = z.string().nullable();

/** One finding. */
export const INSIGHT = named(
  "Insight",
  z.object({
    id: z.string(),
    kind: z.string(),
    type: z.enum(INSIGHT_TYPES),
    severity: z.enum(SEVERITIES),
    state: z.enum(["open", "dismissed", "muted"]),
    title: z.string(),
    sessions: z.number(),
    session_id: z.string(),
    platform: z.string(),
    project_id: TEXT,
    project_label: TEXT,
    about: TEXT,
    numbers: z.record(z.string(), z.number()),
    n: z.number(),
    n_of: z.string(),
    expected_gain: z.object({ tokens: NUMBER, cost_usd: NUMBER, duration_ms: NUMBER }).nullable(),
    period: z.object({ from: MOMENT, to: MOMENT }),
    suggestion: z.string(),
  }),
);

/** The document of findings. */
export const INSIGHTS_DOCUMENT = named(
  "Insights",
  z.object({
    schema: z.literal("blueplane.insights/1"),
    insights: z.array(INSIGHT),
    total: z.number(),
    hidden: z.object({ dismissed: z.number(), muted: z.number() }),
    coverage: COVERAGE,
  }),
);

const KIND = z.enum(INSIGHT_KINDS.map(({ name }) => name) as [string, ...string[]]);
const INSIGHT_ID = z.string().regex(/^[0-9a-f]{8}$/);

/** A change of what is shown of findings. */
export const INSIGHT_CHANGE = named(
  "InsightChange",
  z.union([
    z.strictObject({
      dismiss: z.object({
        id: INSIGHT_ID,
        severity: z.enum(SEVERITIES),
        sessions: z.int().positive(),
      }),
    }),
    z.strictObject({ restore: INSIGHT_ID }),
    z.strictObject({ mute: KIND }),
    z.strictObject({ unmute: KIND }),
  ]),
);

/** The answer to it. */
export const INSIGHT_CHANGED = named(
  "InsightChanged",
  z.object({
    schema: z.literal("blueplane.insight_change/1"),
    changed: z.boolean().describe("Whether it was not so before"),
  }),
);

const NEXT = z.object({ tool: z.string(), form: TEXT, share: RATE });

/** The document of errors. */
export const ERRORS_DOCUMENT = named(
  "ErrorPatterns",
  z.object({
    schema: z.literal("blueplane.error_patterns/1"),
    status: STATUS,
    period: SPAN,
    n: z.number(),
    needed: z.number(),
    failed: z.number(),
    error_rate: RATE.nullable(),
    patterns: z.array(z.object({
      tool: z.string(),
      error: z.string(),
      count: z.number(),
      sessions: z.number(),
      rate: RATE,
      last_at: MOMENT,
      trend: z.object({ before: RATE, difference: DIFFERENCE }).nullable(),
      recovery: z.object({
        same_tool: RATE,
        within_calls: z.number(),
        followed_by: z.array(NEXT),
      }),
      cause: TEXT,
      prevention: TEXT,
    })),
    total: z.number(),
    coverage: COVERAGE,
  }),
);

const DLQ = z.literal("blueplane.dlq/1");

const LETTER = named(
  "DeadLetter",
  z.object({
    id: z.number(),
    stream: z.string(),
    group: z.string(),
    error: z.string(),
    message: TEXT,
    attempts: z.number(),
    dead_at: MOMENT,
    expires_at: MOMENT,
    replayable: z.boolean(),
    platform: TEXT,
    session_id: TEXT,
    event_type: TEXT,
    timestamp: MOMENT.nullable(),
  }),
);

/** The document of dead letters. */
export const LETTERS_DOCUMENT = named(
  "DeadLetters",
  z.object({ schema: DLQ, letters: z.array(LETTER), total: z.number() }),
);

/** The document of one. */
export const LETTER_DOCUMENT = named(
  "DeadLetterReport",
  z.object({
    schema: DLQ,
    letter: LETTER,
    event: z.record(z.string(), z.unknown()).nullable(),
    announcement: z.record(z.string(), z.union([z.number(), z.string()])).nullable(),
  }),
);

/** Which of them are meant. */
export const LETTER_CHOICE = named(
  "DeadLetterChoice",
  z.union([
    z.object({ ids: z.array(z.int().positive()).min(1).max(LETTER_IDS_MAX) }),
    z.object({ all: z.literal(true) }),
  ]),
);

/** What became of them. */
export const LETTERS_REPLAYED = named(
  "DeadLettersReplayed",
  z.object({
    schema: DLQ,
    stored: z.number().describe("How many are handled now"),
    came_back: z.array(z.number()).describe("Those that failed again"),
    not_kept: z.array(z.number()).describe("Those whose entry was not kept"),
  }),
);

/** The same of those that are removed. */
export const LETTERS_DROPPED = named(
  "DeadLettersDropped",
  z.object({ schema: DLQ, dropped: z.number() }),
);
