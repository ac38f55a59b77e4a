/**
 * The routes: dashboard, API, live updates.
 *
 * @module
 */

import { Hono } from "hono";
import { upgradeWebSocket } from "hono/deno";
import { raw } from "hono/html";
import css from "./assets/app.css" with { type: "text" };
import js from "./assets/app.js" with { type: "text" };
import icon from "./assets/icon.svg" with { type: "text" };
import { addApi } from "./api.ts";
import { guard } from "./guard.ts";
import type { LiveMetrics } from "./live_metrics.ts";
import { OverviewPage } from "./overview_page.tsx";
import { MissingError, NotReadyError, problem, RequestError } from "./problem.ts";
import { periodName } from "./query.ts";
import type { WebContext } from "./web_context.ts";

/** The web face as a Hono app; tests call it without a port. */
export function createApp(context: WebContext, live: LiveMetrics): Hono {
  const app = new Hono();
  // The guard runs around a WebSocket's upgrade as well; its answer takes no more headers then.
  app.use(guard());
  app.onError((error, c) => {
    if (error instanceof RequestError) return problem(c, 400, error.message);
    if (error instanceof MissingError) return problem(c, 404, error.message);
    if (error instanceof NotReadyError) return problem(c, 503, error.message);
    return problem(c, 500, "Cannot answer: the report failed");
  });
  app.notFound((c) => problem(c, 404, "Cannot find this address"));
  app.get("/", (c) => {
    const period = periodName(c);
    return c.html(
      <>
        {raw("<!DOCTYPE html>")}
        <OverviewPage context={context} period={period} />
      </>,
    );
  });
  app.get("/assets/app.css", (c) => c.body(css, 200, { "Content-Type": "text/css" }));
  app.get("/assets/app.js", (c) => c.body(js, 200, { "Content-Type": "text/javascript" }));
  app.get("/assets/icon.svg", (c) => c.body(icon, 200, { "Content-Type": "image/svg+xml" }));
  addApi(app, context);
  app.get(
    "/ws/metrics",
    upgradeWebSocket((c) => live.connect(periodName(c))),
  );
  return app;
}
