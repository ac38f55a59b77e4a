/** Tests of `capture/cursor/generations.ts`: requests, and whose prompts they are. */

import { deepEqual, equal } from "node:assert/strict";
import { composers, type Fields, NOON } from "./shapes.ts";
import { item, project } from "./state_rows.ts";

function request(unixMs: number, type = "composer", generationUUID = `g${unixMs}`) {
  return {
    unixMs,
    type,
    generationUUID,
    textDescription: "two words",
  };
}
function head(composerId: string, from: number, to?: number) {
  return {
    composerId,
    createdAt: NOON + from,
    ...(to === undefined ? {} : { lastUpdatedAt: NOON + to }),
  };
}

function told(requests: unknown, ...heads: readonly Fields[]) {
  const key = "aiService.generations";
  return project([item(key, requests), composers(...heads)])
    .filter(({ eventType }) => eventType === "user_prompt" || eventType === "inline_prompt");
}

Deno.test("generations() tells a request as a loose prompt of the composer that fits", () => {
  const events = told(
    [request(NOON + 500), request(NOON + 20_500), request(NOON + 90_000)],
    head("a", 1000, 20_000),
  );

  deepEqual(events.map(({ sessionId, timestamp }) => [sessionId, timestamp - NOON]), [
    ["a", 500],
    ["a", 20_500],
  ]);
  deepEqual(events[0]!.payload, { characters: 9, words: 2, lines: 1, loose: true });
});

Deno.test("generations() tells nothing of a request that fits several composers, or none", () => {
  equal(told([request(NOON + 9)], head("a", 0, 20), head("b", 5, 30)).length, 0);
  equal(told([request(NOON + 9)], head("a", 0)).length, 0);
  equal(told([request(NOON + 9)]).length, 0);
});

Deno.test("generations() tells a prompt in the code, which is of no composer", () => {
  const [event] = told([request(NOON, "cmdk"), request(NOON, "apply", "x")], head("a", 0, 5));

  equal(event!.eventType, "inline_prompt");
  equal(event!.sessionId === "a", false);
});

Deno.test("generations() passes over what is no request", () => {
  equal(told({ a: 1 }).length + told([5, {}, { generationUUID: "x" }]).length, 0);
});
