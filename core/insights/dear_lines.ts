/**
 * A model whose kept lines cost far more than those of another one that is used in the same
 * project, though its edits are kept no more often.
 *
 * @module
 */

import { formatCount, formatMoney } from "../format.ts";
import type { ModelWork, SessionTotals, WideFound, WideKind } from "../insight_rule.ts";
import { wilsonRate } from "../reports/rates.ts";
import { medianOf } from "./session_cost.ts";

/** With each model: of fewer nothing can be told. */
const SESSIONS_MIN = 12;
/** In fewer lines of a session the talk before them is most of the cost. */
const LINES_MIN = 20;
const FACTOR_MIN = 2.5;
/** A dollar, in millionths. */
const MICROS_MIN = 1_000_000;

interface Writing {
  readonly model: string;
  readonly sessions: SessionTotals[];
  readonly parts: ModelWork[];
}

/** The dearer of two; the gain is what its lines would have cost at the cheaper one's median. */
export const dearLines: WideKind = {
  name: "cost.dear_lines",
  type: "cost",
  counts: "kept_lines",
  amounts: "median_usd",
  of: "sessions with enough lines",
  // In millionths of a dollar.
  levels: { medium: 10_000_000, high: 40_000_000 },
  size: ({ gain }) => gain?.micros ?? 0,
  title: ({ member, count, amount = 0 }) =>
    `${formatCount(count)} kept lines by ${member} cost ${formatMoney(amount / 1e6)} each`,
  suggestion: "Try the cheaper model that you also use here for edits of the same kind: they " +
    "are kept as often, and see with blueplane acceptance --by model whether they stay so",
  find(sessions) {
    const models = writings(sessions)
      .filter(({ parts }) => parts.length >= SESSIONS_MIN)
      .map((writing) => ({ ...writing, median: medianOf(writing.parts.map(costOfLine)) }))
      .sort((a, b) => a.median - b.median || (a.model < b.model ? -1 : 1));
    const [cheap] = models;
    if (!cheap) return [];
    return models.filter(({ parts, median }) =>
      median >= cheap.median * FACTOR_MIN && keptOf(cheap.parts).high >= keptOf(parts).low
    ).flatMap(({ model, sessions, parts, median }): WideFound[] => {
      const sum = (of: (part: ModelWork) => number) => parts.reduce((all, p) => all + of(p), 0);
      const micros = Math.round(sum((part) => part.micros - cheap.median * part.lines));
      if (micros < MICROS_MIN) return [];
      const session = sessions.at(-1)!;
      return [{
        session,
        member: model,
        at: sessions[0]!.startedAt,
        untilAt: session.endedAt,
        count: sum(({ lines }) => lines),
        n: models.reduce((all, one) => all + one.parts.length, 0),
        amount: Math.round(median),
        gain: { micros },
      }];
    });
  },
};

/** By model, the sessions in which it wrote enough. */
function writings(sessions: readonly SessionTotals[]): Writing[] {
  const models = new Map<string, Writing>();
  for (const session of sessions) {
    for (const [model, part] of session.work) {
      if (part.lines < LINES_MIN || part.micros === 0) continue;
      const writing = models.get(model) ?? { model, sessions: [], parts: [] };
      models.set(model, writing);
      writing.sessions.push(session);
      writing.parts.push(part);
    }
  }
  return [...models.values()];
}

function costOfLine({ micros, lines }: ModelWork): number {
  return micros / lines;
}

/** How often edits were kept, of those whose fate is known. */
function keptOf(parts: readonly ModelWork[]) {
  const sum = (of: (part: ModelWork) => number) => parts.reduce((all, part) => all + of(part), 0);
  return wilsonRate(sum(({ kept }) => kept), sum(({ judged }) => judged))!;
}
