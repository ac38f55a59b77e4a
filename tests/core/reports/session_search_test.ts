/** Tests of `core/reports/session_search.ts`. */

import assert from "node:assert/strict";
import { SEARCH_SORTS, searchSessions } from "../../../core/reports/session_search.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const ALL = { words: [], sort: "recent", limit: 20, offset: 0 } as const;

Deno.test("searchSessions() finds by words, platform and time, and counts all", async () => {
  await using home = await filledHome();
  const ids = (query: Partial<Parameters<typeof searchSessions>[1]>) => {
    const { sessions, total } = searchSessions(home.db, { ...ALL, ...query });
    return [total, ...sessions.map(({ sessionId }) => sessionId)];
  };

  assert.deepEqual(ids({}), [5, "alpha", "zeta", "beta", "gamma", "delta"]);
  assert.deepEqual(ids({ limit: 2, offset: 1 }), [5, "zeta", "beta"]);
  assert.deepEqual(ids({ words: ["read"] }), [2, "beta", "delta"]);
  assert.deepEqual(ids({ words: ["read", "haiku"] }), [1, "delta"]);
  assert.deepEqual(ids({ words: ["%"] }), [0]);
  assert.deepEqual(ids({ platform: "cursor" }), [1, "gamma"]);
  assert.deepEqual(ids({ from: NOON }), [2, "alpha", "zeta"]);
  assert.deepEqual(ids({ to: NOON - 86_400_000 }), [2, "gamma", "delta"]);
});

Deno.test("searchSessions() sorts by every order there is", async () => {
  await using home = await filledHome();
  const first = SEARCH_SORTS.map((sort) =>
    searchSessions(home.db, { ...ALL, sort }).sessions[0]!.sessionId
  );

  assert.deepEqual(first, ["alpha", "beta", "alpha", "beta"]);
});
