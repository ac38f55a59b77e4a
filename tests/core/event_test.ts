/** Tests of `core/event.ts`: what goes through the queue comes out the same, or is refused. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  decodeEncoded,
  decodeEvent,
  encodeEvent,
  EVENT_TYPES,
  EventError,
  type EventRecord,
  type EventValue,
  type TelemetryEvent,
} from "../../core/event.ts";
import { readSafeText, type SafeText } from "../../core/privacy.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

const safeText = fc.stringMatching(/^[A-Za-z0-9_-][A-Za-z0-9._@\/:+-]{0,95}$/)
  .filter((text) => readSafeText(text) !== undefined)
  .map((text) => text as SafeText);
const safeName = safeText.filter((name) => name !== "__proto__");

const { value: anyValue } = fc.letrec<{ value: EventValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", maxDepth: 5 },
    safeText,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number || 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(safeName, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const anyRecord: fc.Arbitrary<EventRecord> = fc.dictionary(safeName, anyValue, {
  maxKeys: 4,
  noNullPrototype: true,
});

const anyEvent: fc.Arbitrary<TelemetryEvent> = fc.record({
  eventId: safeText,
  platform: safeText,
  sessionId: safeText,
  eventType: fc.constantFrom(...EVENT_TYPES),
  hookType: safeText,
  timestamp: fc.date({ noInvalidDate: true }).map((date) => date.getTime()),
  metadata: anyRecord,
  payload: anyRecord,
}, {
  requiredKeys: [
    "eventId",
    "platform",
    "sessionId",
    "eventType",
    "timestamp",
    "metadata",
    "payload",
  ],
  noNullPrototype: true,
});

const example = {
  event_id: "e1",
  timestamp: "2026-11-09T12:34:56.789Z",
  platform: "claude_code",
  session_id: "s1",
  event_type: "tool_use",
  hook_type: "PostToolUse",
  metadata: { project_hash: "0123456789abcdef" },
  payload: { tool: "Edit", success: true, duration_ms: 145, file_extension: "ts" },
};

Deno.test("decodeEvent() gives back every event that encodeEvent() wrote", () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      assert.deepEqual(decodeEvent(encodeEvent(event)), event);
    }),
    fcRuns(),
  );
});

Deno.test("decodeEvent() reads the same or refuses, however the JSON is written", () => {
  const unsafe = fc.constantFrom("fix it", "C:/Users/Kim", "a\\b", "\u00e9", "", "/etc/hosts");
  const number = fc.constantFrom("1e999", "1e3", "-0.5", "12345678901234567890");
  const change = fc.oneof(
    unsafe.map((text) => [/"Edit"/, JSON.stringify(text)] as const),
    unsafe.map((text) => [/"tool"/, JSON.stringify(text)] as const),
    number.map((text) => [/145/, text] as const),
    fc.constant([/true/, "[[[[[[[[[[1]]]]]]]]]]"] as const),
    fc.constant([/Edit/, "Read"] as const),
  );
  const read = (text: string) => {
    try {
      return decodeEvent(text);
    } catch (error) {
      return (error as Error).message;
    }
  };
  fc.assert(
    fc.property(change, ([from, to]) => {
      const text = JSON.stringify(example).replace(from, () => to);

      // White space makes each part of it be looked at.
      assert.deepEqual(read(text), read(` ${text}`));
    }),
    fcRuns(),
  );
});

Deno.test("encodeEvent() writes the names and the time that are promised", () => {
  const text = encodeEvent({
    eventId: "e1" as SafeText,
    timestamp: Date.UTC(2026, 10, 9, 12, 34, 56, 789),
    platform: "claude_code" as SafeText,
    sessionId: "s1" as SafeText,
    eventType: "tool_use",
    hookType: "PostToolUse" as SafeText,
    metadata: { project_hash: "0123456789abcdef" as SafeText, version: undefined },
    payload: {
      tool: "Edit" as SafeText,
      success: true,
      duration_ms: 145,
      file_extension: "ts" as SafeText,
    },
  });

  assert.deepEqual(JSON.parse(text), example);
});

Deno.test("encodeEvent() names no hook, when none told the event", () => {
  const { hookType: _, ...event } = decodeEvent(JSON.stringify(example));

  const text = encodeEvent(event);

  assert.ok(!("hook_type" in JSON.parse(text)));
  assert.ok(!("hookType" in decodeEvent(text)));
});

Deno.test("decodeEvent() drops fields that it does not know", () => {
  const event = decodeEvent(JSON.stringify({ ...example, prompt: "fix the login" }));

  assert.ok(!encodeEvent(event).includes("login"));
});

Deno.test("decodeEncoded() keeps the text of every event that encodeEvent() wrote", () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const text = encodeEvent(event);

      assert.deepEqual(decodeEncoded(text), { event, json: text });
    }),
    fcRuns(),
  );
});

Deno.test("decodeEncoded() writes an event anew, when its text holds more or is another", () => {
  const { hook_type: _, ...unhooked } = example;
  const { payload, ...rest } = example;
  const others = [
    JSON.stringify({ ...example, note: "more" }),
    JSON.stringify({ note: "more", ...unhooked }),
    JSON.stringify({ payload, ...rest }),
    JSON.stringify({ ...example, timestamp: "2026-11-09T12:34:56Z" }),
    JSON.stringify({ ...unhooked, ["__proto__"]: "more" }),
    JSON.stringify(example, null, 1),
  ];

  for (const text of others) {
    const { event, json } = decodeEncoded(text);
    assert.deepEqual(event, decodeEvent(text));
    assert.equal(json, encodeEvent(event));
  }
});

Deno.test("decodeEvent() throws nothing but EventError, whatever the text", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.json(),
        fc.object({ withNullPrototype: false }).map((object) => JSON.stringify(object) ?? ""),
      ),
      (text) => {
        assertRefused(text);
      },
    ),
    fcRuns(),
  );
});

Deno.test("decodeEvent() takes only safe text, when the JSON of an event was changed", () => {
  const anyPath = fc.constantFrom(...Object.keys(example), "metadata.x", "payload.tool");
  fc.assert(
    fc.property(anyEvent, anyPath, fc.jsonValue(), (event, path, value) => {
      const json = JSON.parse(encodeEvent(event));
      const [field, inner] = path.split(".");
      if (inner) json[field!][inner] = value;
      else json[field!] = value;

      assertSafeOrRefused(JSON.stringify(json));
    }),
    fcRuns(),
  );
});

Deno.test("decodeEvent() takes only safe text, when bytes of an event were changed", () => {
  fc.assert(
    fc.property(anyEvent, fc.nat(), fc.nat(8), fc.string(), (event, at, length, piece) => {
      const text = encodeEvent(event);
      const start = at % text.length;

      assertSafeOrRefused(text.slice(0, start) + piece + text.slice(start + length));
    }),
    fcRuns(),
  );
});

for (
  const [what, changes] of Object.entries({
    "an id with a space": { event_id: "a b" },
    "an id that is a number": { event_id: 5 },
    "a path as session": { session_id: "/home/kim" },
    "no platform": { platform: undefined },
    "an unknown type": { event_type: "user_secret" },
    "a type of the prototype": { event_type: "toString" },
    "no time": { timestamp: undefined },
    "a time that is none": { timestamp: "yesterday" },
    "a time that is a number": { timestamp: 5 },
    "a time that cannot be text": { timestamp: { toString: 1 } },
    "a hook with a space": { hook_type: "my hook" },
    "no metadata": { metadata: undefined },
    "metadata that is a list": { metadata: [] },
    "a payload that is null": { payload: null },
    "content in the payload": { payload: { tool: "rm -rf /" } },
    "content deep in the payload": { payload: { a: [{ b: ["fix the login"] }] } },
    "content as a name": { payload: { "fix the login": 1 } },
    "content as a deep name": { payload: { a: [{ "fix the login": 1 }] } },
    "an empty text": { metadata: { a: "" } },
  })
) {
  Deno.test(`decodeEvent() throws an EventError, when the event has ${what}`, () => {
    const text = JSON.stringify({ ...example, ...changes });

    assert.throws(() => decodeEvent(text), EventError);
  });
}

Deno.test("decodeEvent() refuses content below the name __proto__", () => {
  const text = JSON.stringify(example).replace(
    '"tool":',
    '"__proto__":{"a":"my secret"},"tool":',
  );

  assert.throws(() => decodeEvent(text), EventError);
});

Deno.test("decodeEvent() refuses a number that is too large to be one", () => {
  const text = JSON.stringify(example).replace("145", "1e999");

  assert.throws(() => decodeEvent(text), EventError);
});

Deno.test("decodeEvent() takes eight levels and refuses nine", () => {
  const nested = (levels: number): unknown => levels === 0 ? 1 : { a: nested(levels - 1) };
  const withPayload = (levels: number) => JSON.stringify({ ...example, payload: nested(levels) });

  assert.deepEqual(decodeEvent(withPayload(8)).payload, nested(8));
  assert.throws(() => decodeEvent(withPayload(9)), EventError);
});

Deno.test("decodeEvent() refuses a million levels, without running out of stack", () => {
  const levels = 1_000_000;
  const payload = "[".repeat(levels) + "]".repeat(levels);
  const text = JSON.stringify(example).replace('"Edit"', payload);

  assert.throws(() => decodeEvent(text), EventError);
});

function assertRefused(text: string): void {
  assert.throws(() => decodeEvent(text), (error) => {
    assert.ok(error instanceof EventError);
    assert.match(error.message, /^Cannot read an event: [a-zJSON_ ]+$/);
    return true;
  });
}

/** Either the text is refused, or all that it says is safe and comes back the same again. */
function assertSafeOrRefused(text: string): void {
  let event: TelemetryEvent;
  try {
    event = decodeEvent(text);
  } catch (error) {
    assert.ok(error instanceof EventError, String(error));
    assert.match(error.message, /^Cannot read an event: [a-zJSON_ ]+$/);
    return;
  }
  for (const word of textsOf(event)) assert.equal(readSafeText(word), word);
  // JSON has neither infinity nor a zero with a sign; the one is refused, the other is a zero.
  const again = encodeEvent(event);
  assert.equal(encodeEvent(decodeEvent(again)), again);
  assert.equal(numbersOf(event).find((number) => !Number.isFinite(number)), undefined);
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsOf(inner)]);
}

function numbersOf(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(numbersOf);
}
