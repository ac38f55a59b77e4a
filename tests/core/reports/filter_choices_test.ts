/** Tests of `core/reports/filter_choices.ts`. */

import assert from "node:assert/strict";
import { readFilterChoices, seenTools } from "../../../core/reports/filter_choices.ts";
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

Deno.test("readFilterChoices() is empty, when nothing was seen", async () => {
  await using home = await filledHome([]);

  assert.deepEqual(readFilterChoices(home.db), { platforms: [], projects: [], models: [] });
});
