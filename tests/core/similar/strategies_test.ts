/** Tests of `core/similar/strategies.ts`. */

import assert from "node:assert/strict";
import { readSessionVectors } from "../../../core/similar/session_vectors.ts";
import { readStrategies } from "../../../core/similar/strategies.ts";
import { readWords } from "../../../core/words.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

Deno.test("readStrategies() counts on both sides, and leaves out who cannot show it", async () => {
  const stories = [
    new Story("tested").prompt().call("Edit", { file: "a" }).call("Bash", { form: "test" }),
    new Story("script").prompt().call("Edit", { file: "a" }).call("Bash", { form: "script" }),
    new Story("none").prompt().call("Edit", { file: "a" }),
  ];
  await using home = await filledHome(stories.flatMap(({ events }) => events));
  const words = readWords(home.db);
  const vectors = readSessionVectors(home.db).map(([, vector]) => vector);
  const good = vectors.filter(({ sessionId }) => sessionId !== "none");
  const others = vectors.filter(({ sessionId }) => sessionId === "none");

  const tests = readStrategies(home.db, { good, others }, words)
    .find(({ practice }) => practice.name === "tests_run")!;

  assert.deepEqual([tests.good, tests.goodOf, tests.others, tests.othersOf], [1, 1, 0, 1]);
});
