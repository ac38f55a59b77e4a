/**
 * Answers the addresses of pages with whole documents.
 *
 * @module
 */

import type { Hono } from "hono";
import { raw } from "hono/html";
import { Layout } from "./layout.tsx";
import { type Page, readPageRequest } from "./page.ts";
import { problem } from "./problem.ts";
import type { WebContext } from "./web_context.ts";

/** Adds the routes. */
export function addPages(app: Hono, context: WebContext, pages: readonly Page[]): void {
  const navigation = pages.filter(({ isInNavigation }) => isInNavigation);
  for (const page of pages) {
    app.get(page.path, async (c) => {
      const request = readPageRequest(c, context, page.usualPeriod);
      const content = await page.render(request);
      if (content === undefined) return problem(c, 404, "Cannot find this page");
      return c.html(
        <>
          {raw("<!DOCTYPE html>")}
          <Layout page={page} request={request} navigation={navigation}>{content}</Layout>
        </>,
      );
    });
  }
}
