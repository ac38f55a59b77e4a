/**
 * The routes of dead letters: listed and shown by the reader, replayed and dropped by what
 * writes.
 *
 * @module
 */

import * as z from "zod";
import { LETTER_IDS_MAX, type LetterChoice } from "../../core/dead_letters.ts";
import {
  reportDeadLetter,
  reportDeadLetters,
  unknownLetter,
} from "../../core/reports/dead_letters_report.ts";
import { MissingError, RequestError } from "../problem.ts";
import {
  LETTER_CHOICE,
  LETTER_DOCUMENT,
  LETTERS_DOCUMENT,
  LETTERS_DROPPED,
  LETTERS_REPLAYED,
} from "./insight_schemas.ts";
import { limit, OFFSET } from "./parameters.ts";
import { type Call, defineRoute, type Route } from "./route.ts";

const BODY = { schema: LETTER_CHOICE, bytesMax: 64 * 1024 };

/** The routes. */
export const DEAD_LETTER_ROUTES: readonly Route[] = [
  defineRoute({
    path: "/api/v1/dlq",
    id: "deadLetters",
    summary: "What could not be handled, the latest failure first",
    query: { limit: limit(20), offset: OFFSET },
    answer: LETTERS_DOCUMENT,
    handle: (given, { context }) => reportDeadLetters(context.db, given),
    partOf: (answer, given) => ({ ...given, ...answer as { total: number } }),
  }),
  defineRoute({
    path: "/api/v1/dlq/:id{[0-9]+}",
    id: "deadLetter",
    summary: "One of them, with what it holds",
    inPath: { id: z.string().regex(/^[0-9]{1,100}$/).describe("Its number") },
    answer: LETTER_DOCUMENT,
    missing: "Cannot find this dead letter",
    handle: ({ id }, { context }) => reportDeadLetter(context.db, Number(id)),
  }),
  defineRoute({
    method: "post",
    path: "/api/v1/dlq/replay",
    id: "replayDeadLetters",
    summary: "Handles dead letters once more",
    body: BODY,
    answer: LETTERS_REPLAYED,
    handle: (_given, call) => performed(call, (choice) => call.context.commands.replay(choice)),
  }),
  defineRoute({
    method: "post",
    path: "/api/v1/dlq/drop",
    id: "dropDeadLetters",
    summary: "Removes dead letters",
    body: BODY,
    answer: LETTERS_DROPPED,
    handle: (_given, call) => performed(call, (choice) => call.context.commands.drop(choice)),
  }),
];

async function performed(
  { context, body }: Call,
  perform: (choice: LetterChoice) => Promise<object>,
): Promise<object> {
  const choice = readChoice(body);
  const unknown = "ids" in choice ? unknownLetter(context.db, choice.ids) : undefined;
  if (unknown !== undefined) {
    throw new MissingError(`Cannot find the dead letter: there is none with id ${unknown}`);
  }
  return { schema: "blueplane.dlq/1", ...await perform(choice) };
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
