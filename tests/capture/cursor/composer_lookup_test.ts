/** Tests of `capture/cursor/composer_lookup.ts`: whose session a composer's messages are. */

import { deepEqual, equal } from "node:assert/strict";
import {
  callId,
  findBubble,
  findComposer,
  headsOf,
  placeOf,
} from "../../../capture/cursor/composer_lookup.ts";
import { bubble, call, COMPOSER, composerData, composers, NOON } from "./shapes.ts";
import { contextOf, item } from "./state_rows.ts";

function child(parentComposerId: string) {
  return { subagentInfo: { parentComposerId } };
}

Deno.test("placeOf() gives a composer its own session", () => {
  deepEqual(placeOf(contextOf([composerData()]), COMPOSER), {
    session: COMPOSER,
    agent: undefined,
  });
  deepEqual(placeOf(contextOf([]), "unknown"), { session: "unknown", agent: undefined });
});

Deno.test("placeOf() gives a sub-agent's to the first of those that it works for", () => {
  const context = contextOf([
    composerData({}, "top"),
    composerData(child("top"), "middle"),
    composerData(child("middle"), "low"),
  ]);

  deepEqual(placeOf(context, "low"), { session: "top", agent: "low" });
});

Deno.test("placeOf() finds the parent in every list, when the own row names none", () => {
  const low = { composerId: "low", ...child("top") };

  for (
    const row of [
      item("composer.composerHeaders", { allComposers: [low] }),
      { table: "composerHeaders", key: "low", value: JSON.stringify(low) } as const,
    ]
  ) {
    const context = contextOf([row, composerData({}, "low")]);
    deepEqual(placeOf(context, "low"), { session: "top", agent: "low" });
  }
});

Deno.test("placeOf() knows that a call's composer is no session, unless it works for one", () => {
  const id = "task-call_1\nfc_2";

  equal(placeOf(contextOf([]), id), undefined);
  deepEqual(placeOf(contextOf([composerData(child("top"), id)]), id)!.session, "top");
});

Deno.test("placeOf() ends, when composers work for each other", () => {
  const context = contextOf([composerData(child("b"), "a"), composerData(child("a"), "b")]);

  equal(typeof placeOf(context, "a")!.session, "string");
});

Deno.test("findComposer() sees what a row says now", () => {
  let model = "gpt-5";
  const context = {
    ...contextOf([]),
    row: (table: string) =>
      table === "cursorDiskKV"
        ? JSON.stringify({ modelConfig: { modelName: model } })
        : undefined,
  };

  equal(findComposer(context, "c")!.model, "gpt-5");
  model = "gpt-6";
  equal(findComposer(context, "c")!.model, "gpt-6");
});

Deno.test("findBubble() says what other rows ask of a bubble", () => {
  const context = contextOf([
    bubble("u1", { modelInfo: { modelName: "gpt-5" } }),
    call("e1", { name: "edit_file_v2" }),
  ]);

  deepEqual(findBubble(context, COMPOSER, "u1"), {
    model: "gpt-5",
    call: undefined,
    at: NOON + 1000,
  });
  deepEqual(findBubble(context, COMPOSER, "e1")!.call, "tool_e1");
  equal(findBubble(context, COMPOSER, "x"), undefined);
  equal(callId({}, "x"), "x");
});

Deno.test("headsOf() lists the composers of a row, by id", () => {
  const context = contextOf([composers({ composerId: "a" }, {}, { composerId: "b" })]);

  deepEqual([...headsOf(context, "composer.composerData")!.keys()], ["a", "b"]);
  equal(headsOf(context, "composer.composerHeaders"), undefined);
});
