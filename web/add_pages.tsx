/**
 * Answers the addresses of pages with whole documents.
 *
 * @module
 */

import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { ofOneState } from "../core/database.ts";
import { Layout } from "./layout.tsx";
import { readJson } from "./json_body.ts";
import { type Page, readPageRequest } from "./page.ts";
import { MissingError, problem, RequestError } from "./problem.ts";
import type { WebContext } from "./web_context.ts";

const FILE_BYTES_MAX = 8 * 1024 * 1024;

/** Adds the routes. */
export function addPages(app: Hono, context: WebContext, pages: readonly Page[]): void {
  const navigation = pages.filter(({ isInNavigation }) => isInNavigation);
  for (const page of pages) {
    app.get(page.path, async (c) => {
      const request = readPageRequest(c, context, page);
      const answer = (content: Child | undefined) =>
        ofOneState(context.db, () => {
          if (content === undefined) throw new MissingError("Cannot find this page");
          // Made at once: parts of the content read when it is written.
          return c.html(
            <>
              {raw("<!DOCTYPE html>")}
              <Layout page={page} request={request} navigation={navigation}>{content}</Layout>
            </>,
          );
        });
      return await ofOneState(context.db, () => {
        const content = page.render(request);
        return content instanceof Promise ? content.then(answer) : answer(content);
      });
    });
    if (page.open) addOpening(app, page.path, (file) => page.open!(file, context));
  }
}

/** A file that is posted to a page is answered with what is shown of it. */
function addOpening(app: Hono, path: string, open: (file: unknown) => Child): void {
  const onError = (c: Context) => problem(c, 413, "Cannot open the file: it is too large");
  app.post(path, bodyLimit({ maxSize: FILE_BYTES_MAX, onError }), async (c) => {
    const file = await readJson(c);
    try {
      return c.html(<>{open(file)}</>);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new RequestError(error.message);
    }
  });
}
