/**
 * What of a session its page shows, as the address says.
 *
 * @module
 */

import * as z from "zod";
import {
  DECISION_CHOICES,
  type DecisionChoice,
} from "../../../core/reports/session_decisions.ts";
import type { SessionReport } from "../../../core/reports/session_report.ts";
import type { Turn } from "../../../core/reports/session_turns.ts";
import { OFFSET } from "../../api/parameters.ts";
import type { PageRequest } from "../../page.ts";
import { numberQuery, textQuery, wordQuery } from "../../query.ts";

/** Which turns can be chosen. */
export const TURN_CHOICES = ["failed", "interrupted", "rewound", "asked", "agents"] as const;

/** One of {@linkcode TURN_CHOICES}. */
export type TurnChoice = typeof TURN_CHOICES[number];

/** Turns and decisions on one page. */
export const TURNS_SHOWN = 40, DECISIONS_SHOWN = 25;

/** A turn with its place among all of the session, counted from 1. */
export interface PlacedTurn {
  readonly place: number;
  readonly turn: Turn;
}

/** The choice. */
export interface SessionView {
  readonly turn: TurnChoice | undefined;
  readonly tool: string | undefined;
  readonly turnsOffset: number;
  readonly decision: DecisionChoice | undefined;
  readonly decisionsOffset: number;
}

/** The names of the parameters. */
export const VIEW_PARAMETERS = {
  turn: "turn",
  tool: "tool",
  turnsOffset: "turns_offset",
  decision: "decision",
  decisionsOffset: "decisions_offset",
} as const;

/** What those that are words may be. */
export const VIEW_CHOICES = {
  [VIEW_PARAMETERS.turn]: ["all", ...TURN_CHOICES],
  [VIEW_PARAMETERS.decision]: ["all", ...DECISION_CHOICES],
};

/** What the others may be. */
export const VIEW_TAKES = {
  [VIEW_PARAMETERS.tool]: z.string().max(128).regex(/^[A-Za-z0-9_:.-]+$/, "it is no name of one"),
  [VIEW_PARAMETERS.turnsOffset]: OFFSET,
  [VIEW_PARAMETERS.decisionsOffset]: OFFSET,
};

/** Reads it. */
export function readView(request: Pick<PageRequest, "url">): SessionView {
  return {
    turn: wordQuery(request, VIEW_PARAMETERS.turn, TURN_CHOICES),
    tool: textQuery(request, VIEW_PARAMETERS.tool),
    turnsOffset: numberQuery(request, VIEW_PARAMETERS.turnsOffset),
    decision: wordQuery(request, VIEW_PARAMETERS.decision, DECISION_CHOICES),
    decisionsOffset: numberQuery(request, VIEW_PARAMETERS.decisionsOffset),
  };
}

/** The turns that are chosen, in their order. */
export function chosenTurns(
  { turns }: Pick<SessionReport, "turns">,
  { turn: choice, tool }: Pick<SessionView, "turn" | "tool">,
): PlacedTurn[] {
  return turns.map((turn, i) => ({ place: i + 1, turn })).filter(({ turn }) =>
    (choice === undefined || IS_CHOSEN[choice](turn)) &&
    (tool === undefined || Object.hasOwn(turn.tools, tool))
  );
}

const IS_CHOSEN: Readonly<Record<TurnChoice, (turn: Turn) => boolean>> = {
  failed: ({ failed }) => failed > 0,
  interrupted: ({ interrupted }) => interrupted,
  rewound: ({ rewound }) => rewound === true,
  asked: ({ permission_requests }) => (permission_requests ?? 0) > 0,
  agents: ({ subagents }) => subagents.length > 0,
};
