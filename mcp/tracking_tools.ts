/**
 * Tools of the category tracking: what the assistant tells of itself. Its words are measured and
 * forgotten; kinds of closed lists, ids and numbers are kept.
 *
 * @module
 */

import * as z from "zod";
import type { Database } from "../core/database.ts";
import { factKey } from "../core/fact_key.ts";
import { sessionWithId } from "../core/reports/live_sessions.ts";
import { isDecisionKnown, lastEdit, turnNumber } from "../core/reports/tracking_report.ts";
import {
  DECISION_KINDS,
  decisionId,
  decisionOf,
  FEEDBACK_KINDS,
  RECORDED_TURN_KINDS,
  REPORTED_OUTCOMES,
  type TrackingPlace,
} from "../core/tracking.ts";
import { noSession, unknownSession } from "./metrics_tools.ts";
import type { OwnSession } from "./own_session.ts";
import { defineTool, onlyOf, type ToolCall, ToolError } from "./tool.ts";

/** Thrown where the user does not want it captured. */
export class NotCapturedError extends ToolError {
  constructor() {
    super("Cannot note it: by the user's settings it is not captured; do not retry");
  }
}

const TEXT_MAX = 100_000;
const DATA = z.unknown().optional().describe("measured, not kept");
const SESSION_ID = z.string().max(64).optional().describe("this session by default");
const LAST_EDIT = "last_edit";

/** `track_decision` */
export const trackDecision = defineTool({
  name: "track_decision",
  title: "Note a decision",
  description: "Notes that a decision was made, so that log_outcome can say what became of it.",
  records: true,
  input: {
    decision_type: z.enum(DECISION_KINDS),
    about: z.string().max(64).optional()
      .describe(`tool use it is about: its id, or ${LAST_EDIT}`),
    decision_data: DATA,
    context: DATA,
    timestamp: z.iso.datetime({ offset: true }).optional(),
    session_id: SESSION_ID,
  },
  output: { decision_id: z.string(), tracked: z.boolean(), session_id: z.string() },
  tokensMax: 200,
  async run({ decision_type, about, decision_data, context: around, ...given }, call) {
    const at = given.timestamp === undefined ? call.now : Date.parse(given.timestamp);
    const { place, decision } = await call.read((db, own) => {
      const place = placeOf(db, own, given.session_id, at);
      return { place, decision: keyOf(db, place, about) };
    });
    const key = decision ?? factKey(`decision ${place.sessionId} ${call.now} ${call.id}`);
    const characters = sizeOf(decision_data) + sizeOf(around);
    await record(call, call.context.events.decision(place, key, decision_type, characters));
    return { decision_id: decisionId(key), tracked: true, session_id: place.sessionId };
  },
});

/** `log_outcome` */
export const logOutcome = defineTool({
  name: "log_outcome",
  title: "Note what became of a decision",
  description: "Notes an outcome. For an edit of which no transcript tells the end it counts " +
    "as acceptance, as the weakest evidence.",
  records: true,
  input: {
    decision_id: z.string().max(64).describe("from track_decision, or the id of a tool use"),
    outcome: z.enum(REPORTED_OUTCOMES),
    feedback: z.string().max(TEXT_MAX).optional().describe("measured, not kept"),
    metrics: DATA,
    session_id: SESSION_ID,
  },
  output: { logged: z.boolean(), learning_applied: z.boolean() },
  tokensMax: 100,
  async run({ decision_id, outcome, feedback = "", session_id }, call) {
    const { place, decision } = await call.read((db, own) => {
      const decision = decisionOf(decision_id);
      if (decision === undefined || !isDecisionKnown(db, decision)) {
        throw new ToolError(
          "Cannot log the outcome: there is no such decision; track_decision gives ids",
        );
      }
      return { place: placeOf(db, own, session_id, call.now), decision };
    });
    const { events } = call.context;
    await record(call, events.outcome(place, decision, outcome, feedback.length));
    // Statistics are made at each question, of all that is known then: nothing has to be trained.
    return { logged: true, learning_applied: true };
  },
});

/** `record_turn` */
export const recordTurn = defineTool({
  name: "record_turn",
  title: "Note a turn",
  description: "Notes a turn of a conversation that leaves no transcript. The same content " +
    "twice is one turn.",
  records: true,
  input: {
    turn_type: z.enum(RECORDED_TURN_KINDS),
    content_hash: z.string().min(1).max(128),
    metadata: DATA,
    session_id: SESSION_ID,
  },
  output: { turn_id: z.string(), sequence_number: z.number() },
  tokensMax: 100,
  async run({ turn_type, content_hash, session_id }, call) {
    const { events } = call.context;
    const place = await call.read((db, own) => placeOf(db, own, session_id, call.now));
    const turn = events.turnKey(place, content_hash);
    await record(call, events.turn(place, turn, turn_type));
    const number = await call.read((db) => turnNumber(db, place.platform, place.sessionId, turn));
    if (number === undefined) {
      throw new ToolError(
        "Cannot number the turn: it is noted, and is counted later; do not retry",
      );
    }
    return { turn_id: `turn-${turn.toString(16).padStart(13, "0")}`, sequence_number: number };
  },
});

/** `submit_feedback` */
export const submitFeedback = defineTool({
  name: "submit_feedback",
  title: "Note feedback",
  description:
    "Notes what a person thought of the work: kind and rating are kept, words are not.",
  records: true,
  input: {
    feedback_items: z.array(onlyOf({
      kind: z.enum(FEEDBACK_KINDS),
      rating: z.number().int().min(1).max(5).optional(),
      text: z.string().max(TEXT_MAX).optional(),
    })).min(1).max(20),
    session_context: DATA,
    session_id: SESSION_ID,
  },
  output: { recorded: z.number(), session_id: z.string() },
  tokensMax: 100,
  async run({ feedback_items, session_id }, call) {
    const place = await call.read((db, own) => placeOf(db, own, session_id, call.now));
    const items = feedback_items.map(({ kind, rating, text = "" }, i) =>
      call.context.events.feedback(place, i, kind, {
        rating: rating ?? null,
        characters: text.length,
      })
    );
    await record(call, ...items);
    return { recorded: items.length, session_id: place.sessionId };
  },
});

/** @throws {ToolError} where it is not known, or there is none */
function placeOf(
  db: Database,
  own: OwnSession | undefined,
  sessionId: string | undefined,
  at: number,
): TrackingPlace {
  const found = sessionId === undefined ? own : sessionWithId(db, sessionId);
  if (!found) throw sessionId === undefined ? noSession() : unknownSession();
  return { platform: found.platform, sessionId: found.sessionId, at };
}

/** The key of the call that a decision is about; undefined for one about none. */
function keyOf(
  db: Database,
  { platform, sessionId }: TrackingPlace,
  about: string | undefined,
): number | undefined {
  if (about === undefined) return undefined;
  const key = about === LAST_EDIT ? lastEdit(db, platform, sessionId) : decisionOf(about);
  if (key !== undefined && (about !== LAST_EDIT || isDecisionKnown(db, key))) return key;
  throw new ToolError("Cannot track the decision: there is no such tool use; leave `about` out");
}

async function record(
  { context }: ToolCall,
  ...events: Parameters<ToolCall["context"]["record"]>[0]
): Promise<void> {
  try {
    await context.record(events);
  } catch (error) {
    if (error instanceof NotCapturedError) throw error;
    throw new ToolError("Cannot note it: the data folder cannot be written to", { cause: error });
  }
}

/** Characters of what was given, as JSON; of a text as it is. */
function sizeOf(value: unknown): number {
  if (value === undefined) return 0;
  return typeof value === "string" ? value.length : JSON.stringify(value).length;
}
