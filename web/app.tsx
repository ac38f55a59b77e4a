/**
 * The routes: dashboard, API, live updates.
 *
 * @module
 */

import { Hono } from "hono";
import { reportAcceptance } from "../core/reports/acceptance_report.ts";
import { reportMetrics } from "../core/reports/metrics_report.ts";
import { reportSessions } from "../core/reports/sessions_report.ts";
import { addAdvice } from "./advice.ts";
import { addPages } from "./add_pages.tsx";
import { addSockets } from "./add_sockets.ts";
import { addAssets } from "./assets.ts";
import { addDeadLetters } from "./dead_letters.ts";
import { addRebuild } from "./rebuild.ts";
import { guard } from "./guard.ts";
import { addIngest } from "./ingest.ts";
import { addInsights } from "./insights.ts";
import { addOtlp } from "./otlp.ts";
import type { Live } from "./live.ts";
import { PAGES } from "./pages/pages.ts";
import { NotReadyError, problem, RequestError } from "./problem.ts";
import { acceptanceQuery, metricsQuery, sessionsQuery } from "./query.ts";
import type { WebContext } from "./web_context.ts";

/** The web face as a Hono app; tests call it without a port. */
export function createApp(context: WebContext, live: Live): Hono {
  const app = new Hono();
  // The guard runs around a WebSocket's upgrade as well; its answer takes no more headers then.
  app.use(guard());
  app.onError((error, c) => {
    if (error instanceof RequestError) return problem(c, 400, error.message);
    if (error instanceof NotReadyError) return problem(c, 503, error.message);
    return problem(c, 500, "Cannot answer: the report failed");
  });
  app.notFound((c) => problem(c, 404, "Cannot find this address"));
  app.get(
    "/healthz",
    (c) => {
      const { pid, version } = context, trouble = context.trouble() ?? null;
      return c.json({ status: trouble === null ? "ok" : "troubled", pid, version, trouble });
    },
  );
  addPages(app, context, PAGES);
  addAssets(app);
  addApi(app, context);
  addDeadLetters(app, context);
  addInsights(app, context);
  addAdvice(app, context);
  addRebuild(app, context);
  addIngest(app, context);
  addOtlp(app, context);
  addSockets(app, context, live);
  return app;
}

function addApi(app: Hono, context: WebContext): void {
  app.get(
    "/api/v1/metrics",
    (c) => c.json(reportMetrics(context.db, metricsQuery(c, context))),
  );
  app.get(
    "/api/v1/metrics/current",
    (c) => c.json(reportMetrics(context.db, metricsQuery(c, context))),
  );
  app.get(
    "/api/v1/analysis/acceptance",
    (c) => c.json(reportAcceptance(context.db, acceptanceQuery(c, context))),
  );
  app.get(
    "/api/v1/sessions",
    (c) => c.json(reportSessions(context.db, sessionsQuery(c, context))),
  );
  app.get("/api/v1/sessions/:id", (c) => {
    const query = { ...sessionsQuery(c, context), session: c.req.param("id"), limit: 1 };
    const [session] = reportSessions(context.db, query).sessions;
    if (!session) return problem(c, 404, "Cannot find this session");
    return c.json({ schema: "blueplane.session/1", session });
  });
}
