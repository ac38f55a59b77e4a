/** Tests of `pipeline/derive/exported_call.ts`. */

import assert from "node:assert/strict";
import { deciderOf, toldByExport } from "../../../pipeline/derive/exported_call.ts";
import { DECIDERS } from "../../../core/edit_verdict.ts";
import { makeExported } from "../../helpers/exports.ts";

const NUMBERS = { word: (text: string) => text.length, file: () => 0 };

function decision(source: string, verdict = "accept") {
  const told = { decision: verdict, source, permission_mode: "plan" };
  return makeExported("tool_decision", { id: "d" }, told);
}

Deno.test("deciderOf() tells people, rules and hooks apart", () => {
  const sources = ["user_temporary", "user_permanent", "user_reject", "config", "hook", "new"];

  assert.deepEqual(sources.map((source) => deciderOf(decision(source))), [
    "person",
    "person",
    "person",
    "rule",
    "hook",
    "other",
  ]);
});

Deno.test("toldByExport() tells who let a call run, and makes no call of it", () => {
  const decided = (source: string, verdict?: string) =>
    toldByExport(decision(source, verdict), 1, NUMBERS).decided_by;
  const told = toldByExport(decision("config"), 1, NUMBERS);

  assert.deepEqual([decided("user_temporary"), decided("config"), decided("hook")], [
    DECIDERS.person,
    DECIDERS.policy,
    DECIDERS.hook,
  ]);
  assert.deepEqual([decided("new"), decided("user_reject", "reject")], [null, null]);
  assert.deepEqual([told.called, told.tool, told.mode], [0, null, 4]);
});
