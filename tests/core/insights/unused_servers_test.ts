/** Tests of `core/insights/unused_servers.ts`, over the real facts. */

import assert from "node:assert/strict";
import { NOON } from "../../helpers/events.ts";
import { findInsights, Story } from "../../helpers/story.ts";

const KIND = "context.unused_servers";

/** By platform and hash. */
const SERVERS = {
  servers: new Map([
    ["claude_code", new Map([["mcp:11111111", "search"], ["mcp:22222222", "issues"]])],
  ]),
};

/** The first one calls a tool of the server "search". */
function sessions(count: number): Story[] {
  return Array.from(
    { length: count },
    (_, i) =>
      new Story(`s${i}`, { at: NOON + i * 60_000 }).prompt()
        .times(i === 0 ? 1 : 0, (s) => s.call("mcp:5ea4c400", { server: "mcp:11111111" })),
  );
}

Deno.test("unusedServers() finds it", async () => {
  const [found, ...more] = await findInsights(KIND, sessions(30), SERVERS);

  assert.deepEqual(more, []);
  assert.equal(found!.title, "The MCP server issues was called in none of 30 sessions");
  assert.deepEqual([found!.numbers, found!.n], [{ sessions_without: 30 }, 30]);
  assert.deepEqual([found!.about, found!.project_id], ["issues", null]);
});

Deno.test("unusedServers() finds nothing, when it is less or explained", async () => {
  const stories = [
    sessions(29),
    // Of an assistant that has no such servers.
    [
      ...sessions(29),
      new Story("other", { platform: "cursor" }).prompt(),
    ],
    // It was called.
    [
      ...sessions(30),
      new Story("used").prompt().call("mcp:0badcafe", { server: "mcp:22222222" }),
    ],
    // A tool of a server that is not known.
    [...sessions(30), new Story("used").prompt().call("mcp:0badcaff")],
  ];
  for (const [i, story] of stories.entries()) {
    assert.deepEqual(await findInsights(KIND, story, SERVERS), [], `story ${i}`);
  }
});
