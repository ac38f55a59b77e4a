/**
 * The addresses of live updates: the headline numbers, what happens, one session.
 *
 * @module
 */

import type { Context, Hono } from "hono";
import { upgradeWebSocket } from "hono/deno";
import { reportHeadlines } from "../core/reports/metrics_report.ts";
import { flatten } from "../core/reports/live_numbers.ts";
import { readRecentEvents } from "../core/reports/recent_events.ts";
import { readRunning } from "../core/reports/running.ts";
import { reportSessions, type Session } from "../core/reports/sessions_report.ts";
import { ratesOf } from "../core/reports/totals.ts";
import { namedSession, NO_SESSION } from "./api/named_session.ts";
import { FILTER, filterOf, known, PERIOD, periodOf, periodOrDay } from "./api/parameters.ts";
import { readGiven } from "./api/route.ts";
import type { Live, LiveData, Topic } from "./live.ts";
import { problem } from "./problem.ts";
import type { WebContext } from "./web_context.ts";

/** Adds the routes. */
export function addSockets(app: Hono, context: WebContext, live: Live): void {
  app.get(
    "/ws/metrics",
    upgradeWebSocket((c) => live.connect(metricsTopic(c, context))),
    refusePlain,
  );
  app.get(
    "/ws/events",
    upgradeWebSocket((c) => live.connect(eventsTopic(c, context))),
    refusePlain,
  );
  app.get(
    "/ws/sessions/:id",
    async (c, next) => {
      readGiven({}, c.req.query());
      const session = namedSession(context, c.req.param("id"));
      return session === undefined ? problem(c, 404, NO_SESSION) : await next();
    },
    upgradeWebSocket((c) => live.connect(sessionTopic(c, context))),
    refusePlain,
  );
}

/** A request that asks for no upgrade passes the handler before. */
function refusePlain(c: Context): Response {
  c.header("Upgrade", "websocket");
  return problem(c, 426, "Cannot answer: the address is one of a WebSocket");
}

/** The headline numbers of a period and choice, by name. */
function metricsTopic(c: Context, context: WebContext): Topic {
  const given = readGiven({ ...PERIOD, ...FILTER }, c.req.query());
  const filter = filterOf(given, context);
  // What is wrong with it is said before there is a socket.
  periodOf(given, context.clock.now());
  return {
    key: `metrics ${JSON.stringify(given)}`,
    read(now) {
      const coverage = context.coverage();
      const query = { ...filter, period: periodOrDay(given, now), now, coverage };
      const report = reportHeadlines(context.db, query);
      return { ...flatten(report.totals, report.rates), ...report.coverage };
    },
  };
}

/** The latest events by id; what falls out of them is not told. */
function eventsTopic(c: Context, context: WebContext): Topic {
  const given = readGiven(FILTER, c.req.query()), filter = filterOf(given, context);
  return {
    key: `events ${JSON.stringify(given)}`,
    read: (now) => readRecentEvents(context.db, now, filter) as unknown as LiveData,
  };
}

/** The numbers of one session, and what it waits for. */
function sessionTopic(c: Context, context: WebContext): Topic {
  const said = c.req.param("id") ?? "", id = namedSession(context, said) ?? said;
  return {
    key: `session ${id}`,
    read(now) {
      const session = readSession(context, id);
      // It was deleted: whoever asks again is told.
      if (!session) throw new Error(NO_SESSION);
      const [running] = readRunning(context.db, now, { session: id }).sessions;
      return { ...flattenSession(session), waits_for: running?.tool ?? null };
    },
  };
}

function readSession(context: WebContext, session: string): Session | undefined {
  return reportSessions(context.db, { ...known(context), session, limit: 1 }).sessions[0];
}

/** Its single values by name; tokens and rates as in the headline numbers. */
function flattenSession(session: Session): LiveData {
  const single = Object.entries(session).filter(([, value]) =>
    value === null || typeof value !== "object"
  );
  return {
    ...Object.fromEntries(single),
    ...flatten({ ...session, sessions: 1 }, ratesOf(session)),
  };
}
