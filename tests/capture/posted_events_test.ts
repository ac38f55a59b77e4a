/** Tests of `capture/posted_events.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { Gate } from "../../capture/gate.ts";
import { PostedEventError, readPosted } from "../../capture/posted_events.ts";
import { decodeEvent, encodeEvent } from "../../core/event.ts";
import type { PostedEvent } from "../../core/posted_event.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { NOON } from "../helpers/events.ts";
import { plainPrivacy } from "./plain_source.ts";

const POSTED: PostedEvent = {
  event_id: "e1",
  timestamp: new Date(NOON).toISOString(),
  platform: "claude",
  session_id: "s1",
  event_type: "tool_use",
  hook_type: "PostToolUse",
  metadata: { workspace_hash: "8bbfa69a57647aaa" },
  payload: {
    tool_use_id: "u1",
    tool: "Edit",
    success: true,
    duration_ms: 145,
    file_extension: "ts",
  },
};

function read(posted: readonly PostedEvent[], choices = {}) {
  const all = { paused: false, off: [], exclude: [], pauses: [], ...choices };
  return readPosted(posted, { privacy: plainPrivacy, gate: new Gate(() => all) });
}

Deno.test("readPosted() takes an event of our own format as it stands", async () => {
  const { events, leftOut, fieldsDropped } = await read([POSTED]);

  assert.deepEqual([leftOut, fieldsDropped], [0, 0]);
  assert.deepEqual(JSON.parse(encodeEvent(events[0]!)), { ...POSTED, platform: "claude_code" });
});

Deno.test("readPosted() counts a call without an id by that of its event", async () => {
  const { payload: { tool_use_id: _, ...payload } = {} } = POSTED;

  const { events: [event] } = await read([{ ...POSTED, payload }]);

  assert.equal(event!.payload.tool_use_id, "e1");
});

Deno.test("readPosted() drops what it does not know, and counts it", async () => {
  const { events: [event], fieldsDropped } = await read([{
    ...POSTED,
    note: "a word of mine",
    metadata: { branch: "secret", version: 7 },
    payload: { prompt: "a word of mine", duration_ms: "long", success: "yes", tool: "Read" },
  }]);

  assert.equal(fieldsDropped, 6);
  assert.deepEqual([event!.metadata, event!.payload], [{}, { tool: "Read", tool_use_id: "e1" }]);
});

Deno.test("readPosted() knows an event without an id by what it says", async () => {
  const { event_id: _, ...anonymous } = POSTED;
  const backwards = Object.fromEntries(Object.entries(anonymous.payload!).reverse());
  const idOf = async (posted: PostedEvent) => (await read([posted])).events[0]!.eventId;

  assert.match(await idOf(anonymous), /^[0-9a-f]{32}$/);
  assert.equal(await idOf(anonymous), await idOf({ ...anonymous, payload: backwards, note: 1 }));
  assert.notEqual(await idOf(anonymous), await idOf({ ...anonymous, payload: { tool: "Read" } }));
  assert.equal(await idOf({ ...POSTED, event_id: "hook:Stop:toolu_1" }), "hook:Stop:toolu_1");
  assert.match(await idOf({ ...POSTED, event_id: "mine: a word" }), /^mine:[\da-f]{32}$/);
});

Deno.test("readPosted() captures nothing that its user does not want", async () => {
  const prompt = { ...POSTED, event_type: "user_prompt", payload: { words: 3 } } as const;

  for (const choices of [{ paused: true }, { exclude: ["~/private"] }]) {
    assert.deepEqual(await read([POSTED], choices), { events: [], leftOut: 1, fieldsDropped: 0 });
  }
  assert.equal((await read([{ ...POSTED, metadata: { hidden: true } }])).leftOut, 1);
  assert.deepEqual((await read([prompt], { off: ["prompts"] })).events[0]!.payload, {});
});

Deno.test("readPosted() takes what is of a session that is known to work elsewhere", async () => {
  const choices = { paused: false, off: [], exclude: ["/home/ada/private"], pauses: [] };
  const gate = new Gate(() => choices);
  const of = (session_id: string) => ({ ...POSTED, session_id, event_id: session_id });
  const ids = ["shop", "private", "nobody-tells"];
  gate.noteFolder(plainPrivacy.id(ids[0]!), "/home/ada/shop");
  gate.noteFolder(plainPrivacy.id(ids[1]!), "/home/ada/private/deep");

  const { events, leftOut } = await readPosted(ids.map(of), { privacy: plainPrivacy, gate });

  assert.deepEqual([events.map(({ sessionId }) => sessionId), leftOut], [["shop"], 2]);
});

Deno.test("readPosted() refuses a platform that is none, without repeating it", async () => {
  await assert.rejects(read([POSTED, { ...POSTED, platform: "my secret" }]), (error) => {
    assert.ok(error instanceof PostedEventError);
    assert.equal(error.message, "Cannot read event 2: its platform is unknown");
    return true;
  });
});

Deno.test("readPosted() makes events that can be read back, whatever is posted", async () => {
  const record = fc.dictionary(
    fc.oneof(fc.constantFrom(...Object.keys(POSTED.payload!), "file", "model"), fc.string()),
    fc.jsonValue(),
  );
  const posted = fc.record({ id: fc.string(), metadata: record, payload: record });
  await fc.assert(
    fc.asyncProperty(posted, async ({ id, metadata, payload }) => {
      const given = { ...POSTED, event_id: id, session_id: id, hook_type: id, metadata, payload };
      const { events: [event] } = await read([given]);
      const text = encodeEvent(event ?? (await read([POSTED])).events[0]!);

      assert.equal(encodeEvent(decodeEvent(text)), text);
    }),
    fcRuns(),
  );
});
