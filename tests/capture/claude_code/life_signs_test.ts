/** Tests of `capture/claude_code/life_signs.ts`, through the parser that uses it. */

import assert from "node:assert/strict";
import { type Line, makeLine, makeParser, parseLines, START, userLine } from "./lines.ts";

Deno.test("LifeSigns.take() tells of the first and last line that no event tells of", () => {
  const told = endOf(quiet(1), quiet(2), userLine("a", {}, 5), quiet(8), quiet(9));

  assert.deepEqual(told.map(({ timestamp }) => timestamp), [START + 1000, START + 9000]);
  assert.ok(told.every(({ eventType }) => eventType === "activity"));
});

Deno.test("LifeSigns.take() tells nothing, when events stand on both sides", () => {
  assert.deepEqual(endOf(userLine("a", {}, 1), quiet(3), userLine("b", {}, 5)), []);
});

Deno.test("LifeSigns.take() tells of one moment once, over a restart too", () => {
  const first = makeParser();
  first.parse(quiet(3));
  const [sign, ...more] = first.end();
  const before = { ...checkpoint, state: first.state, sessionId: first.sessionId };
  const second = makeParser({ before });
  second.parse(quiet(3));

  assert.equal(sign!.timestamp, START + 3000);
  assert.deepEqual([...more, ...second.end()], []);
});

Deno.test("LifeSigns.take() gives the same line the same id, wherever a read ends", () => {
  const [whole] = endOf(quiet(4));
  const [again] = endOf(quiet(4), "not a time" as unknown as Line);

  assert.equal(whole!.eventId, again!.eventId);
});

Deno.test("LifeSigns.takeNative() finds the first line that no fork copies", () => {
  const operation = (number: number) =>
    makeLine("queue-operation", number, { uuid: undefined, operation: "enqueue" });

  const events = parseLines(quiet(1), userLine("a", {}, 2), operation(3), operation(4));

  const natives = events.filter(({ payload }) => payload.native_at !== undefined);
  assert.deepEqual(natives.map(({ payload }) => payload), [{ native_at: START + 3000 }]);
});

Deno.test("LifeSigns.takeNative() reads the time of a snapshot, which dates no session", () => {
  const timestamp = new Date(START + 7000).toISOString();
  const [event] = parseLines({ type: "file-history-snapshot", snapshot: { timestamp } });

  assert.deepEqual(event!.payload, { native_at: START + 7000 });
  assert.equal(event!.metadata.undated, true);
});

Deno.test("LifeSigns.takeNative() takes no message for native, though it has no uuid", () => {
  const [event] = parseLines(userLine("a", { uuid: undefined }));

  assert.equal(event!.eventType, "user_prompt");
});

const checkpoint = {
  id: "x",
  platform: "claude_code",
  fileId: "",
  head: "",
  position: 1,
  size: 1,
  modifiedAt: START,
  lines: 0,
  linesMalformed: 0,
  linesUnknown: 0,
  drift: "{}",
};

/** A line with a time that no event tells of. */
function quiet(number: number): Line {
  return makeLine("progress", number, { data: { type: "hook_progress" } });
}

/** What is told behind the last of these lines. */
function endOf(...lines: readonly Line[]) {
  const parser = makeParser();
  for (const line of lines) parser.parse(line);
  return parser.end();
}
