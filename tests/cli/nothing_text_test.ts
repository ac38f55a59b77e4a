/** Tests of what is said where there is nothing to show. */

import { equal } from "node:assert/strict";
import { nothingText } from "../../cli/nothing_text.ts";
import { keptNowhere, makePrompt, NOON } from "../helpers/events.ts";
import { filledHome } from "../helpers/filled_home.ts";

const LAST_DAY = { period: "24h" };
const DAY_MS = 86_400_000;

Deno.test("nothingText() says when the latest session was, if there is one", async () => {
  await using home = await filledHome([makePrompt({ id: "p", session: "s" })]);
  const context = { db: home.db, filter: {} }, now = NOON + 9 * DAY_MS;
  equal(
    nothingText(context, LAST_DAY, now),
    "Nothing in this period (last 24h); the latest session was 9 d ago, -p all shows it.\n",
  );
  const other = { db: home.db, filter: { model: "gpt-5" } };
  equal(nothingText(other, { ...LAST_DAY, model: "gpt-5" }, now), "No session matches.\n");
});

Deno.test("nothingText() tells no time of a session that has none", async () => {
  await using home = await filledHome([
    keptNowhere({ id: "m1", session: "a", platform: "cursor" }),
  ]);
  const context = { db: home.db, filter: {} };
  equal(nothingText(context, LAST_DAY, NOON + DAY_MS).includes("1970"), false);
});
