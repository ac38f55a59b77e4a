/**
 * The routes: dashboard, API, live updates.
 *
 * @module
 */

import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { addPages } from "./add_pages.tsx";
import { addSockets } from "./add_sockets.ts";
import { addApi } from "./api.ts";
import { addAssets } from "./assets.ts";
import { guard } from "./guard.ts";
import type { Live } from "./live.ts";
import { addOtlp } from "./otlp.ts";
import { PAGES } from "./pages/pages.ts";
import { MissingError, NotReadyError, problem, RequestError } from "./problem.ts";
import { answerProblem } from "./problem_page.tsx";
import { requestLimits } from "./request_limits.ts";
import { singleParameters } from "./single_parameters.ts";
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
  const navigation = PAGES.filter(({ isInNavigation }) => isInNavigation);
  const answer = (c: Context, status: ContentfulStatusCode, detail: string) =>
    answerProblem(c, { context, navigation, status, detail });
  app.onError((error, c) => {
    if (error instanceof RequestError) return answer(c, 400, error.message);
    if (error instanceof MissingError) return answer(c, 404, error.message);
    if (error instanceof NotReadyError) return answer(c, 503, error.message);
    return answer(c, 500, "Cannot answer: the report failed");
  });
  app.notFound((c) => {
    const allowed = methodsAt(app, c.req.path).filter((method) => method !== c.req.method);
    if (allowed.length === 0) return answer(c, 404, "Cannot find this address");
    c.header("Allow", allowed.join(", "));
    return problem(c, 405, "Cannot answer: the address takes another method");
  });
  addPages(app, context, PAGES);
  addAssets(app);
  app.use(singleParameters());
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
