/**
 * Insights over HTTP: read by the reader, dismissed and muted by what writes.
 *
 * @module
 */

import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { readInsightChange } from "../core/insight_choices.ts";
import { reportInsights } from "../core/reports/insights_report.ts";
import { isJson, readJson } from "./json_body.ts";
import { problem, RequestError } from "./problem.ts";
import { insightsQuery } from "./query.ts";
import type { WebContext } from "./web_context.ts";

const BODY_BYTES_MAX = 4096;

/** Adds the routes. */
export function addInsights(app: Hono, context: WebContext): void {
  app.get(
    "/api/v1/insights",
    (c) => c.json(reportInsights(context.db, insightsQuery(c, context))),
  );
  const limit = bodyLimit({
    maxSize: BODY_BYTES_MAX,
    onError: (c) => problem(c, 413, "Cannot accept: the body is too large"),
  });
  app.post("/api/v1/insights/change", limit, async (c) => {
    if (!isJson(c)) return problem(c, 415, "Cannot accept: the body is no application/json");
    const change = readInsightChange(await readJson(c));
    if (!change) {
      throw new RequestError(
        'Cannot change insights: say one of "dismiss" (with "id", "severity" and "sessions"), ' +
          '"restore" (an id), "mute" or "unmute" (a kind)',
      );
    }
    return c.json({
      schema: "blueplane.insight_change/1",
      ...await context.commands.changeInsights(change),
    });
  });
}
