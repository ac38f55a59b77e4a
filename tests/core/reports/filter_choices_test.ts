/** Tests of `core/reports/filter_choices.ts`. */

import assert from "node:assert/strict";
import {
  readFilterChoices,
  seenExtensions,
  seenModes,
  seenTools,
} from "../../../core/reports/filter_choices.ts";
import { makeToolUse } from "../../helpers/events.ts";
import { filledHome, HAIKU, ONE, OPUS, TWO } from "../../helpers/filled_home.ts";

Deno.test("readFilterChoices() names what was seen, the latest project first", async () => {
  await using home = await filledHome();

  assert.deepEqual(readFilterChoices(home.db), {
    platforms: ["claude_code", "cursor"],
    projects: [ONE, TWO],
    models: [HAIKU, OPUS, "gpt-5"],
  });
});

Deno.test("seenTools() names every tool that was called", async () => {
  await using home = await filledHome();

  assert.deepEqual(seenTools(home.db), ["Bash", "Edit", "Read", "Write"]);
});

Deno.test("seenExtensions() and seenModes() name those of calls", async () => {
  const calls = [
    makeToolUse({ id: "e1", use: "u1", extension: "ts", mode: "plan" }),
    makeToolUse({ id: "e2", use: "u2", extension: "md" }),
  ];
  await using home = await filledHome(calls);

  assert.deepEqual(seenExtensions(home.db), ["md", "ts"]);
  assert.deepEqual(seenModes(home.db), ["plan"]);
});

Deno.test("readFilterChoices() is empty, when nothing was seen", async () => {
  await using home = await filledHome([]);

  assert.deepEqual(readFilterChoices(home.db), { platforms: [], projects: [], models: [] });
});
