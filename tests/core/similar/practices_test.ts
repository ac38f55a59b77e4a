/** Tests of `core/similar/practices.ts`. */

import assert from "node:assert/strict";
import { PRACTICES, readPractices } from "../../../core/similar/practices.ts";
import { readWords } from "../../../core/words.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

/** What one session shows. */
async function shown(story: Story) {
  await using home = await filledHome(story.events);
  return Object.fromEntries(readPractices(home.db, 1, readWords(home.db)));
}

Deno.test("readPractices() sees each practice in a session that has all", async () => {
  const practices = await shown(
    new Story().prompt().response({ input: 2000 })
      .call("TodoWrite").call("Grep").call("Read", { file: "a" })
      .call("Edit", { file: "a", added: 3 }).call("Task")
      .call("Bash", { form: "lint" }).call("Bash", { form: "test" }),
  );

  assert.deepEqual(new Set(Object.keys(practices)), new Set(PRACTICES.map(({ name }) => name)));
  assert.deepEqual(Object.entries(practices).filter(([, has]) => has !== true), []);
});

Deno.test("readPractices() sees that a session has none", async () => {
  const practices = await shown(
    new Story().prompt().response({ input: 200_000 })
      .call("Edit", { file: "a", added: 80 }).call("Bash", { form: "git" }),
  );

  assert.deepEqual(Object.entries(practices).filter(([, has]) => has !== false), []);
});

Deno.test("readPractices() does not know what cannot be seen", async () => {
  const nothing = await shown(new Story().prompt().response({ tokens: "not_kept" }));
  assert.deepEqual(Object.entries(nothing).filter(([, has]) => has !== null), []);

  // A script may run the tests, and so may a tool of a server.
  for (
    const story of [new Story().prompt(), new Story().prompt().call("Bash", { form: "git" })]
  ) {
    story.call("Edit", { file: "a" });
    const { tests_run } = await shown(story.call("Bash", { form: "script" }));
    assert.equal(tests_run, null);
  }
  const { tests_run, lint_run } = await shown(
    new Story().prompt().call("Edit", { file: "a" }).call("mcp:11111111"),
  );
  assert.deepEqual([tests_run, lint_run], [null, null]);
});

Deno.test("readPractices() wants the tests behind the last change", async () => {
  const tested = new Story().prompt().call("Edit", { file: "a" }).call("Bash", { form: "test" });

  assert.deepEqual((await shown(tested)).tests_after_last_edit, true);
  const { tests_run, tests_after_last_edit } = await shown(tested.call("Edit", { file: "a" }));
  assert.deepEqual([tests_run, tests_after_last_edit], [true, false]);
});
