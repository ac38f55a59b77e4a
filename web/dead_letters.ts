/**
 * Dead letters over HTTP: listed and shown by the reader, replayed and dropped by what writes.
 *
 * @module
 */

import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { LETTER_IDS_MAX, type LetterChoice } from "../core/dead_letters.ts";
import {
  reportDeadLetter,
  reportDeadLetters,
  unknownLetter,
} from "../core/reports/dead_letters_report.ts";
import { isJson, readJson } from "./json_body.ts";
import { problem, RequestError } from "./problem.ts";
import { pageQuery } from "./query.ts";
import type { WebContext } from "./web_context.ts";

const BODY_BYTES_MAX = 64 * 1024;

/** Adds the routes. */
export function addDeadLetters(app: Hono, context: WebContext): void {
  const { db, commands } = context;
  app.get("/api/v1/dlq", (c) => c.json(reportDeadLetters(db, pageQuery(c))));
  app.get("/api/v1/dlq/:id{[0-9]+}", (c) => {
    const report = reportDeadLetter(db, Number(c.req.param("id")));
    return report ? c.json(report) : problem(c, 404, "Cannot find this dead letter");
  });
  const limit = bodyLimit({
    maxSize: BODY_BYTES_MAX,
    onError: (c) => problem(c, 413, "Cannot accept: the body is too large"),
  });
  const answer = async <T>(c: Context, perform: (choice: LetterChoice) => Promise<T>) => {
    if (!isJson(c)) return problem(c, 415, "Cannot accept: the body is no application/json");
    const choice = readChoice(await readJson(c));
    const unknown = "ids" in choice ? unknownLetter(db, choice.ids) : undefined;
    if (unknown !== undefined) {
      return problem(c, 404, `Cannot find the dead letter: there is none with id ${unknown}`);
    }
    return c.json({ schema: "blueplane.dlq/1", ...await perform(choice) });
  };
  app.post("/api/v1/dlq/replay", limit, (c) => answer(c, (choice) => commands.replay(choice)));
  app.post("/api/v1/dlq/drop", limit, (c) => answer(c, (choice) => commands.drop(choice)));
}

function readChoice(json: unknown): LetterChoice {
  const { ids, all } = (json ?? {}) as { ids?: unknown; all?: unknown };
  if (all === true && ids === undefined) return { all };
  if (all === undefined && isIds(ids)) return { ids };
  throw new RequestError(
    `Cannot choose dead letters: say "ids", up to ${LETTER_IDS_MAX} of them, or "all": true`,
  );
}

function isIds(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.length <= LETTER_IDS_MAX &&
    value.every((id) => Number.isSafeInteger(id) && id > 0);
}
