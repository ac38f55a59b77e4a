/** Tests of `web/pages/overview/feed.tsx`. */

import assert from "node:assert/strict";
import { Feed } from "../../../../web/pages/overview/feed.tsx";
import { makePrompt, makeToolResult, makeToolUse, NOON } from "../../../helpers/events.ts";
import { filledHome, ONE } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

const of = { session: "fresh", project: ONE, at: NOON + 3_540_000 };

Deno.test("Feed() lists what has just happened, the latest first", async () => {
  await using home = await filledHome([
    makePrompt({ ...of, id: "p1" }),
    makeToolUse({ ...of, id: "u1", use: "t1", tool: "Write", at: of.at + 1000 }),
    makeToolResult({
      ...of,
      id: "r1",
      use: "t1",
      outcome: "permission_denied",
      at: of.at + 2000,
    }),
    makeToolUse({ ...of, id: "u2", use: "t2", tool: "Bash", at: of.at + 3000 }),
  ]);
  const request = await pageRequest(home, "/?period=7d");

  const html = String(<Feed request={request} nameOf={(tool) => `my ${tool}`} />);

  assert.deepEqual(
    [...html.matchAll(/<b>([^<]*)<\/b> <small>([^<]*)<\/small>/g)].map(([, a, b]) => [a, b]),
    [["my Bash", "…"], ["my Write", "permission denied"], ["user prompt", ""]],
  );
  assert.match(html, /data-feed="\/ws\/events"/);
  assert.match(html, /<a href="\/sessions\/fresh\?period=7d"><code>fresh<\/code>/);
});
