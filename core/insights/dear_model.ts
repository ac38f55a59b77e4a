/**
 * Small tasks that were given to a dear model, though a cheaper one does them here as well.
 *
 * @module
 */

import { formatCount, formatMoney } from "../format.ts";
import type { SessionTotals, WideKind } from "../insight_rule.ts";
import { wilsonRate } from "../reports/rates.ts";
import { medianOf, sessionCost } from "./session_cost.ts";

/** What makes a task small. */
const PROMPTS_MAX = 3, CALLS_MAX = 15, LINES_MAX = 60;
/** With each model: of fewer nothing can be told. */
const SESSIONS_MIN = 15;
const FACTOR_MIN = 2.5;
/** Half a dollar, in millionths. */
const MICROS_MIN = 500_000;

interface Tasks {
  readonly sessions: SessionTotals[];
  readonly costs: number[];
  troubled: number;
}

/**
 * The dearer model of two whose small sessions of a project go wrong no more often with the
 * cheaper one; the gain is what the same sessions would have cost at its median.
 */
export const dearModel: WideKind = {
  name: "cost.dear_model",
  type: "cost",
  counts: "small_sessions",
  amounts: "median_usd",
  of: "small sessions",
  // In millionths of a dollar.
  levels: { medium: 5_000_000, high: 20_000_000 },
  size: ({ gain }) => gain?.micros ?? 0,
  title: ({ member, count, amount = 0 }) =>
    `${formatCount(count)} small sessions ran on ${member} at ${formatMoney(amount / 1e6)} each`,
  suggestion: "Take the cheaper model that you also use here for small tasks: they go wrong no " +
    "more often with it",
  find(sessions) {
    const models = new Map<string, Tasks>();
    for (const session of sessions) addTask(models, session);
    const enough = [...models].filter(([, { costs }]) => costs.length >= SESSIONS_MIN)
      .map(([model, tasks]) => ({ model, tasks, median: medianOf(tasks.costs) }))
      .sort((a, b) => a.median - b.median || (a.model < b.model ? -1 : 1));
    const [cheap] = enough;
    if (!cheap) return [];
    const cheapTrouble = troubleOf(cheap.tasks);
    return enough.filter(({ tasks, median }) =>
      median >= cheap.median * FACTOR_MIN && cheapTrouble.low <= troubleOf(tasks).high
    ).flatMap(({ model, tasks, median }) => {
      const micros = Math.round(tasks.costs.reduce((sum, cost) => sum + cost - cheap.median, 0));
      if (micros < MICROS_MIN) return [];
      const session = tasks.sessions.at(-1)!;
      return [{
        session,
        member: model,
        at: tasks.sessions[0]!.startedAt,
        untilAt: session.endedAt,
        count: tasks.costs.length,
        n: enough.reduce((sum, { tasks }) => sum + tasks.costs.length, 0),
        amount: Math.round(median),
        gain: { micros },
      }];
    });
  },
};

function addTask(models: Map<string, Tasks>, session: SessionTotals): void {
  const [model] = session.models.keys(), cost = sessionCost(session);
  // One that changed models tells of neither.
  if (model === undefined || session.models.size > 1 || !cost) return;
  const tools = [...session.tools.values()];
  const sum = (pick: (of: typeof tools[number]) => number) =>
    tools.reduce((total, tool) => total + pick(tool), 0);
  const isSmall = session.prompts >= 1 && session.prompts <= PROMPTS_MAX &&
    sum(({ uses }) => uses) <= CALLS_MAX && sum(({ lines }) => lines) <= LINES_MAX;
  if (!isSmall) return;
  const tasks = models.get(model) ?? { sessions: [], costs: [], troubled: 0 };
  models.set(model, tasks);
  tasks.sessions.push(session);
  tasks.costs.push(cost);
  if (session.interruptions + sum(({ failed, rejected }) => failed + rejected) > 0) {
    tasks.troubled++;
  }
}

/** How often such a session had a failure, a refusal or an interruption. */
function troubleOf({ troubled, costs }: Tasks) {
  return wilsonRate(troubled, costs.length)!;
}
