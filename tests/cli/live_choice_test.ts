/** Tests of `cli/live_choice.ts`: what each key of the live screen does. */

import assert from "node:assert/strict";
import { afterKey, LIVE_KEYS, type LiveChoice } from "../../cli/live_choice.ts";

const FIRST: LiveChoice = {
  period: "24h",
  grouping: "tools",
  platform: undefined,
  isPaused: false,
  isHelp: false,
};
const PLATFORMS = ["claude_code", "cursor"];

function after(keys: string, first = FIRST): LiveChoice {
  return [...keys].reduce((choice, key) => afterKey(choice, key, PLATFORMS), first);
}

Deno.test("afterKey() chooses a period by its number, or the next", () => {
  assert.deepEqual(["1", "2", "5", "p", "ppp", "pppp"].map((keys) => after(keys).period), [
    "1h",
    "24h",
    "all",
    "7d",
    "all",
    "1h",
  ]);
});

Deno.test("afterKey() goes through groupings and platforms, and comes back", () => {
  assert.deepEqual(["g", "gg", "ggg"].map((keys) => after(keys).grouping), [
    "models",
    "projects",
    "tools",
  ]);
  assert.deepEqual(["c", "cc", "ccc"].map((keys) => after(keys).platform), [
    "claude_code",
    "cursor",
    undefined,
  ]);
  assert.equal(afterKey(FIRST, "c", []).platform, undefined);
});

Deno.test("afterKey() switches pause and help on and off", () => {
  assert.deepEqual([after(" ").isPaused, after("  ").isPaused], [true, false]);
  assert.deepEqual([after("?").isHelp, after("??").isHelp], [true, false]);
});

Deno.test("afterKey() changes nothing at any other key", () => {
  for (const key of ["0", "6", "9", "x", "\x1b", ""]) assert.equal(after(key), FIRST);
  assert.equal(LIVE_KEYS.length, 7);
});
