/**
 * The routes: dashboard, API, live updates.
 *
 * @module
 */

import { Hono } from "hono";
import { addPages } from "./add_pages.tsx";
import { addSockets } from "./add_sockets.ts";
import { addApi } from "./api.ts";
import { addAssets } from "./assets.ts";
import { guard } from "./guard.ts";
import type { Live } from "./live.ts";
import { addOtlp } from "./otlp.ts";
import { PAGES } from "./pages/pages.ts";
import { MissingError, NotReadyError, problem, RequestError } from "./problem.ts";
import { requestLimits } from "./request_limits.ts";
import { addSignIn, tokenGuard } from "./token_guard.ts";
import type { WebContext } from "./web_context.ts";

/** The web face as a Hono app; tests call it without a port. */
export function createApp(context: WebContext, live: Live): Hono {
  const app = new Hono();
  // The guard runs around a WebSocket's upgrade as well; its answer takes no more headers then.
  app.use(guard(), requestLimits(context.clock));
  if (context.token !== undefined) {
    app.use(tokenGuard(context.token));
    addSignIn(app, context.token);
  }
  app.onError((error, c) => {
    if (error instanceof RequestError) return problem(c, 400, error.message);
    if (error instanceof MissingError) return problem(c, 404, error.message);
    if (error instanceof NotReadyError) return problem(c, 503, error.message);
    return problem(c, 500, "Cannot answer: the report failed");
  });
  app.notFound((c) => {
    const allowed = methodsAt(app, c.req.path).filter((method) => method !== c.req.method);
    if (allowed.length === 0) return problem(c, 404, "Cannot find this address");
    c.header("Allow", allowed.join(", "));
    return problem(c, 405, "Cannot answer: the address takes another method");
  });
  addPages(app, context, PAGES);
  addAssets(app);
  addApi(app, context);
  addOtlp(app, context);
  addSockets(app, context, live);
  return app;
}

/** The methods that an address takes. */
function methodsAt({ router }: Hono, path: string): string[] {
  const takes = (method: string) =>
    router.match(method, path)[0].some(([[, route]]) => route.method === method);
  return ["GET", "POST"].filter(takes).flatMap((method) =>
    method === "GET" ? ["GET", "HEAD"] : [method]
  );
}
