/** Tests of `core/reports/found_insights.ts`. */

import assert from "node:assert/strict";
import { readFound } from "../../../core/reports/found_insights.ts";
import type { SessionFilter } from "../../../core/reports/sums.ts";
import { readWords } from "../../../core/words.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome, HAIKU, ONE, TWO } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

const SERVERS = new Map([["claude_code", new Map([["mcp:11111111", "search"]])]]);

/** In each project, one tool fails in all of three sessions; a server is never called. */
const stories = [ONE, TWO].flatMap((project) =>
  Array.from(
    { length: 15 },
    (_, i) =>
      new Story(`${project}-${i}`, { project, at: NOON + i * 60_000 }).prompt()
        .response({ model: HAIKU })
        .times(
          i < 3 ? 15 : 0,
          (s, k) => s.call("Bash", k % 2 === 0 ? { outcome: "failed" } : {}),
        ),
  )
);

Deno.test("readFound() finds what is stored, and what sessions show together", async () => {
  await using home = await filledHome(stories.flatMap(({ events }) => events));
  const words = readWords(home.db);
  const find = (filter: SessionFilter = {}) =>
    readFound(home.db, { filter, servers: SERVERS }, words)
      .map(({ kind, project }) => [
        kind.name,
        project === null ? "all" : project === ONE ? 1 : 2,
      ])
      .map((found) => found.join(" ")).sort();

  const wide = (all: string[]) => all.filter((one) => !one.startsWith("errors.retry_storm"));
  assert.deepEqual(wide(find()), [
    "context.unused_servers all",
    "errors.failing_tools 1",
    "errors.failing_tools 2",
  ]);
  assert.deepEqual(wide(find({ project: ONE })), ["errors.failing_tools 1"]);
  assert.deepEqual(find({ model: HAIKU }).filter((one) => one.includes("failing_tools")), []);
  assert.deepEqual(find({ session: `${ONE}-2` }).filter((one) => !one.includes("storm")), [
    "errors.failing_tools 1",
  ]);
  assert.deepEqual(find({ session: `${ONE}-1` }).filter((one) => !one.includes("storm")), []);
});

Deno.test("readFound() tells of a session what it tells of it among all", async () => {
  await using home = await filledHome(stories.flatMap(({ events }) => events));
  const words = readWords(home.db);
  const find = (filter: SessionFilter) => readFound(home.db, { filter, servers: SERVERS }, words);
  const all = find({});
  const sessions = [ONE, TWO].flatMap((project) => [1, 2, 14].map((i) => `${project}-${i}`));

  for (const session of sessions) {
    const own = all.filter(({ sessionId }) => sessionId === session);
    for (const filter of [{ session }, { session, platform: "claude_code" }]) {
      assert.deepEqual(find(filter), own);
    }
    // What is kept of the others is still theirs.
    assert.deepEqual(find({}), all);
  }
  assert.ok(
    all.some(({ kind, sessionId }) =>
      kind.name === "context.unused_servers" && sessions.includes(sessionId)
    ),
  );
});
