/**
 * What is answered of what was learnt: similar sessions, chances, patterns.
 *
 * @module
 */

import * as z from "zod";
import { PREDICTION_FEATURES, PREDICTION_TARGETS } from "../../core/prediction_features.ts";
import { TASK_COMMANDS, TASK_SIZES } from "../../core/task_features.ts";
import { TOOL_CLASSES } from "../../core/tool_classes.ts";
import { COVERAGE, DIFFERENCE, MOMENT, named, RATE, STATUS } from "./schema_parts.ts";

const NUMBER = z.number().nullable();
const TEXT = z.string().nullable();

const TASK = z.object({
  tools: z.array(z.enum(TOOL_CLASSES)),
  extensions: z.array(z.string()),
  commands: z.array(z.enum(TASK_COMMANDS)),
  size: z.enum(TASK_SIZES).nullable(),
});

const ALIKE = z.object({ part: z.string(), similarity: z.number(), most: z.array(z.string()) });

const SIMILAR = named(
  "SimilarSession",
  z.object({
    session_id: z.string(),
    platform: z.string(),
    project_id: TEXT,
    project_label: TEXT,
    started_at: MOMENT.nullable(),
    similarity: z.number(),
    alike: z.array(ALIKE),
    sizes: z.record(z.string(), NUMBER),
    outcome: z.object({
      kept_rate: RATE.nullable(),
      error_rate: RATE.nullable(),
      stops: z.number(),
      commits: z.number(),
      cost_usd: NUMBER,
      cost_is_lower_bound: z.boolean().nullable(),
    }),
  }),
);

const STRATEGY = z.object({
  practice: z.string(),
  does: z.string(),
  advice: TEXT,
  good: RATE,
  others: RATE,
  difference: DIFFERENCE,
});

const ADVISED = z.object({
  tool: z.string(),
  uses: z.number(),
  used: RATE,
  success: RATE.nullable(),
  difference: DIFFERENCE.nullable(),
});

/** The document of similar sessions. */
export const SIMILAR_DOCUMENT = named(
  "SimilarSessions",
  z.object({
    schema: z.literal("blueplane.similar/1"),
    status: STATUS,
    n: z.number(),
    needed: z.number(),
    like: z.union([z.object({ session_id: z.string() }), z.object({ task: TASK })]),
    sessions: z.array(SIMILAR),
    common: z.record(
      z.string(),
      z.array(z.object({ value: z.string(), sessions: z.number() })),
    ),
    strategies: z.object({
      status: STATUS,
      sessions: z.number(),
      n: z.number(),
      needed: z.number(),
      found: z.array(STRATEGY),
    }),
    tools: z.object({
      status: STATUS,
      n: z.number(),
      needed: z.number(),
      recommended: z.array(ADVISED),
    }),
    coverage: COVERAGE,
  }),
);

const CALIBRATION = named(
  "Calibration",
  z.object({
    n: z.number(),
    sessions: z.number(),
    brier: z.number(),
    brier_base_rate: z.number(),
    skill: NUMBER,
    log_loss: z.number(),
    expected_calibration_error: z.number(),
    brier_difference: z.object({ value: z.number(), low: NUMBER, high: NUMBER }),
    bins: z.array(z.object({
      from: z.number(),
      to: z.number(),
      n: z.number(),
      predicted: z.number(),
      observed: RATE.nullable(),
    })),
  }),
);

/** The document of chances. */
export const PREDICTION_DOCUMENT = named(
  "Prediction",
  z.object({
    schema: z.literal("blueplane.prediction/1"),
    status: STATUS,
    target: z.enum(PREDICTION_TARGETS),
    n: z.number(),
    n_of: z.string(),
    needed: z.number(),
    needs: z.array(z.object({ what: z.string(), n: z.number(), needed: z.number() })),
    method: z.enum(["logistic", "base_rate"]).nullable(),
    probability: RATE.nullable(),
    base_rate: RATE.nullable(),
    unseen: z.array(z.enum(PREDICTION_FEATURES)),
    factors: z.array(z.object({
      feature: z.enum(PREDICTION_FEATURES),
      value: z.string(),
      label: TEXT,
      effect: z.number(),
      rate: RATE.nullable(),
    })),
    calibration: z.object({
      held_out_sessions: CALIBRATION,
      later_sessions: CALIBRATION,
    }).nullable(),
    period: z.object({ from: MOMENT, to: MOMENT }).nullable(),
    coverage: COVERAGE,
  }),
);

/** The document of what goes well. */
export const PATTERNS_DOCUMENT = named(
  "SuccessfulPatterns",
  z.object({
    schema: z.literal("blueplane.successful_patterns/1"),
    status: STATUS,
    target: z.enum(PREDICTION_TARGETS),
    n: z.number(),
    needed: z.number(),
    rate: RATE.nullable(),
    patterns: z.array(z.object({
      when: z.record(z.string(), z.string()),
      sessions: z.number(),
      rate: RATE,
      difference: DIFFERENCE.nullable(),
    })),
    coverage: COVERAGE,
  }),
);
