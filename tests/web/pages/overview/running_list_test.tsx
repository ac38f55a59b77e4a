/** Tests of `web/pages/overview/running_list.tsx`. */

import assert from "node:assert/strict";
import { RunningList } from "../../../../web/pages/overview/running_list.tsx";
import {
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../../helpers/events.ts";
import { filledHome, ONE } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

const of = { session: "fresh", project: ONE, at: NOON + 3_540_000 };

Deno.test("RunningList() shows the tool that a session waits for, and for how long", async () => {
  await using home = await filledHome([
    makePrompt({ ...of, id: "p1" }),
    makeResponse({ ...of, id: "m1", output: 20_000, stop: null }),
    makeToolUse({ ...of, id: "u1", use: "t1", tool: "Bash", at: of.at + 10_000 }),
  ]);

  const html = String(
    <RunningList request={await pageRequest(home, "/?period=7d")} nameOf={(tool) => tool} />,
  );

  assert.match(html, /<a href="\/sessions\/fresh\?period=7d"><code>fresh<\/code><\/a>/);
  assert.match(html, />blueplane<\/span><\/td><td><span class="breaks"><b>Bash<\/b> /);
  assert.match(html, /<\/b> <small>for 50 s<\/small><\/span><\/td>/);
  assert.match(html, />≥\$0\.\d\d</);
});

Deno.test("RunningList() tells what people decided last", async () => {
  await using home = await filledHome([
    makePrompt({ ...of, id: "p1" }),
    makeToolUse({ ...of, id: "u1", use: "t1", tool: "Write" }),
    makeToolResult({ ...of, id: "r1", use: "t1", outcome: "rejected" }),
  ]);

  const html = String(
    <RunningList request={await pageRequest(home, "/")} nameOf={(tool) => tool} />,
  );

  assert.match(html, /<b>Write<\/b> was refused <small>1 min ago in<\/small>/);
});

Deno.test("RunningList() says that nothing is running, when nothing is", async () => {
  await using home = await filledHome([]);

  const html = String(
    <RunningList request={await pageRequest(home, "/")} nameOf={(tool) => tool} />,
  );

  assert.match(html, /No session is running\./);
  assert.doesNotMatch(html, /Decided last/);
});
