/** Tests of `mcp/search_tools.ts`, asked by the official client over a known history. */

import assert from "node:assert/strict";
import { NOON } from "../helpers/events.ts";
import { Story } from "../helpers/story.ts";
import { connectTo } from "./connected.ts";

interface Found {
  readonly total: number;
  readonly sessions: readonly { readonly session_id: string }[];
  readonly next_cursor: string | null;
}

async function search(given: Record<string, unknown>) {
  await using connected = await connectTo();
  const found = await connected.call("search_sessions", given) as unknown as Found;
  return { ...found, ids: found.sessions.map(({ session_id }) => session_id) };
}

Deno.test("findSessions() has all sessions, the latest first, page by page", async () => {
  await using connected = await connectTo();
  const ids: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await connected.call("search_sessions", {
      limit: 2,
      ...(cursor ? { cursor } : {}),
    }) as unknown as Found;
    ids.push(...page.sessions.map(({ session_id }) => session_id));
    cursor = page.next_cursor;
  } while (cursor);

  assert.deepEqual(ids, ["alpha", "zeta", "beta", "gamma", "delta"]);
});

Deno.test("findSessions() finds by tools, models and kinds of files", async () => {
  assert.deepEqual((await search({ query: "bash" })).ids, ["alpha", "gamma"]);
  assert.deepEqual((await search({ query: "Bash gpt" })).ids, ["gamma"]);
  assert.deepEqual((await search({ query: "what I said yesterday" })).ids, []);
});

Deno.test("findSessions() filters by platform and time, and sorts", async () => {
  const filters = { platform: "claude", since: "2026-03-01T00:00:00Z" };

  assert.deepEqual((await search({ filters })).ids, ["alpha", "zeta", "beta"]);
  assert.equal((await search({ sort_by: "tool_uses", limit: 1 })).ids[0], "alpha");
});

Deno.test("findSessions() says what is wrong with a time or a cursor", async () => {
  await using connected = await connectTo();
  const refusal = (given: Record<string, unknown>) => connected.refusal("search_sessions", given);

  assert.match(await refusal({ filters: { since: "yesterday" } }), /^Cannot read the time/);
  assert.match(await refusal({ cursor: "nowhere" }), /^Cannot page on/);
});

Deno.test("findSessions() says whether cost may be more", async () => {
  const story = new Story("s1").prompt().response({ output: 5, told: { stop_reason: null } });
  await using connected = await connectTo(story.events);

  const { sessions } = await connected.call("search_sessions");

  const [{ cost_usd, cost_is_lower_bound }] = sessions as [Record<string, unknown>];
  assert.ok(Number(cost_usd) > 0);
  assert.equal(cost_is_lower_bound, true);
});

Deno.test("findSessions() has room for a page of sessions with all their numbers", async () => {
  const events = Array.from(
    { length: 20 },
    (_, i) =>
      new Story(`0b000000-0000-4000-8000-0000000000${10 + i}`, { at: NOON + i * 60_000 }).prompt()
        .response({ output: 12_345, cacheRead: 1_234_567 }).call("Edit", { added: 123 }).events,
  )
    .flat();
  await using connected = await connectTo(events);

  const { sessions, left_out } = await connected.call("search_sessions", { limit: 50 });

  assert.ok((sessions as unknown[]).length >= 15);
  assert.equal(left_out, 0);
  assert.ok(JSON.stringify(sessions).length < 1500 * 4);
});
