/** Tests of the words that only what is stored can tell. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { askedWords } from "../../../cli/completion/asked_words.ts";
import { ASKED } from "../../../cli/completion/completion_table.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome, HAIKU, ONE, OPUS, TWO } from "../../helpers/filled_home.ts";

Deno.test("askedWords() tells sessions, the latest first, with project and age", async () => {
  await using home = await filledHome();
  const from = { db: home.db, labels: new Map([[ONE, "engine"]]), now: NOON + 3_600_000 };
  const sessions = askedWords("sessions", "", from);
  deepEqual(sessions[0], { word: "last", help: "the latest session" });
  deepEqual(new Set(sessions.slice(1, 3).map(({ word }) => word)), new Set(["alpha", "zeta"]));
  match(sessions.find(({ word }) => word === "alpha")!.help, /^engine, \d+ min ago$/);
  match(sessions.find(({ word }) => word === "beta")!.help, /^2d9ccfb7, \d h ago$/);
  deepEqual(askedWords("sessions", "al", from).map(({ word }) => word), ["alpha"]);
  ok(!askedWords("sessions", "", from).some(({ word }) => word === "notes"));
});

Deno.test("askedWords() tells projects by name, and models", async () => {
  await using home = await filledHome();
  const from = { db: home.db, labels: new Map([[ONE, "engine"]]), now: NOON };
  deepEqual(askedWords("projects", "", from).map(({ word }) => word), ["engine", TWO]);
  const alike = { ...from, labels: new Map([[ONE, "engine"], [TWO, "engine"]]) };
  deepEqual(askedWords("projects", "eng", alike).map(({ word }) => word), [
    "engine",
    `engine (${ONE.slice(0, 4)})`,
    `engine (${TWO.slice(0, 4)})`,
  ]);
  deepEqual(askedWords("models", "", from).map(({ word }) => word), [HAIKU, OPUS, "gpt-5"]);
  deepEqual(askedWords("models", "gp", from).map(({ word }) => word), ["gpt-5"]);
});

Deno.test("askedWords() tells little, when nothing is stored", async () => {
  await using home = await filledHome([]);
  const from = { db: home.db, labels: new Map(), now: NOON };
  for (const asked of ASKED) {
    equal(askedWords(asked, "", from).length, asked === "sessions" ? 1 : 0, asked);
  }
});
