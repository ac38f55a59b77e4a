/** Tests of `core/reports/let_run_by.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import { literal } from "../../../core/privacy.ts";
import type { Period } from "../../../core/reports/period.ts";
import { readLetRunBy } from "../../../core/reports/let_run_by.ts";
import {
  makeEvent,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const ALWAYS: Period = { from: undefined, to: NOON + 86_400_000 };

function decided(by: string | undefined, at = NOON, outcome = "ok") {
  const id = `${by}${at}${outcome}`;
  const result = makeToolResult({ id: `r${id}`, use: id, at: at + 1000, outcome });
  const decider = by === undefined ? {} : { decided_by: literal(by) };
  return [
    makeToolUse({ id, use: id, tool: `Tool${by}`, at, message: "m" }),
    { ...result, payload: { ...result.payload, ...decider } },
  ];
}

Deno.test("readLetRunBy() counts calls that ran by who let them, null without any", async () => {
  const asked = makeEvent("permission_request", { id: "p", at: NOON + 500 }, {
    tool: literal("Toolmode"),
  });
  await using home = await filledHome([
    makeResponse({ id: "m", model: "claude-opus-4-5" }),
    ...["person", "rule", "hook", "mode", "policy", undefined].flatMap((by) => decided(by)),
    ...decided("rule", NOON, "failed"),
    ...decided("rule", NOON, "permission_denied"),
    ...decided("hook", NOON + 3_600_000),
    // In that mode a person was asked all the same.
    { ...asked, hookType: literal("PermissionRequest") },
  ]);
  const count = (filter = {}, period = ALWAYS) => readLetRunBy(home.db, period, filter);

  const all = { person: 2, rule: 2, hook: 2, mode: 0, rule_or_mode: 1 };
  deepEqual(count(), all);
  deepEqual(count({ model: "claude-opus-4-5" }), all);
  deepEqual(count({}, { from: NOON + 1, to: ALWAYS.to }), {
    person: 0,
    rule: 0,
    hook: 1,
    mode: 0,
    rule_or_mode: 0,
  });
  equal(count({ platform: "cursor" }), null);
});
