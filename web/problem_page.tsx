/**
 * Errors for a person who looks at the dashboard: the same words as in a problem, and the way
 * back.
 *
 * @module
 */

import type { Context } from "hono";
import { raw } from "hono/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { rollingPeriod } from "../core/reports/period.ts";
import { Layout } from "./layout.tsx";
import type { Page, PageRequest } from "./page.ts";
import { problem, problemTitle } from "./problem.ts";
import type { WebContext } from "./web_context.ts";

/** Whether a browser asks for something to be looked at; what the API tells stays as it is. */
export function wantsPage({ req }: Context): boolean {
  return req.method === "GET" && !req.path.startsWith("/api/") &&
    /text\/html/.test(req.header("accept") ?? "");
}

/** Answers with the page or with the problem, as it is asked; the detail never holds content. */
export function answerProblem(
  c: Context,
  { context, navigation, status, detail }: {
    context: WebContext;
    navigation: readonly Page[];
    status: ContentfulStatusCode;
    detail: string;
  },
): Response | Promise<Response> {
  if (!wantsPage(c)) return problem(c, status, detail);
  const page = { path: "", title: problemTitle(status), filters: [], socket: () => "" };
  return c.html(
    <>
      {raw("<!DOCTYPE html>")}
      <Layout page={page} request={bareRequest(c, context)} navigation={navigation}>
        <section aria-label="What is wrong">
          <p>{detail}.</p>
          <p>
            <a href="/">Overview</a>
          </p>
        </section>
      </Layout>
    </>,
    status,
  );
}

/** Nothing of what was asked: it may be what is wrong, and no link should lead there again. */
function bareRequest(c: Context, context: WebContext): PageRequest {
  const now = context.clock.now();
  const query = { period: rollingPeriod("24h", now), now };
  const url = new URL("/", c.req.url);
  return { c, context, url, now, query, periodName: undefined, misread: [] };
}
