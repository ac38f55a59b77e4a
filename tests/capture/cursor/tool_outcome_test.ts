/** Tests of `capture/cursor/tool_outcome.ts`: how a call ended, and by whose leave it ran. */

import { deepEqual, equal } from "node:assert/strict";
import {
  deciderOf,
  failureOf,
  type KeptCall,
  outcomeOf,
} from "../../../capture/cursor/tool_outcome.ts";

function kept(call: object, more: Partial<KeptCall> = {}): KeptCall {
  return { call: { ...call }, result: {}, additional: {}, kind: "edit", ...more };
}
function review(selectedOption: string) {
  return { additional: { reviewData: { selectedOption } } };
}

Deno.test("outcomeOf() goes by the status, and by what a person said", () => {
  const cases: readonly (readonly [KeptCall, string | undefined])[] = [
    [kept({ status: "completed" }), "ok"],
    [kept({ status: "error" }), "failed"],
    [kept({ status: "loading" }), undefined],
    [kept({}), undefined],
    [kept({ status: "cancelled" }), "interrupted"],
    [kept({ status: "cancelled", userDecision: "rejected" }), "rejected"],
    [kept({ status: "cancelled" }, { result: { rejected: true } }), "rejected"],
    [kept({ status: "cancelled" }, review("rejectAndTellWhatToDoDifferently")), "rejected"],
    [kept({ status: "cancelled" }, { additional: { blockReason: "x" } }), "permission_denied"],
    [kept({ status: "completed", userDecision: "rejected" }), "rejected"],
    [kept({ status: "completed" }, review("accept")), "ok"],
  ];

  for (const [call, outcome] of cases) equal(outcomeOf(call), outcome, JSON.stringify(call));
});

Deno.test("outcomeOf() calls a command failed that says so itself", () => {
  const shell = (exitCode?: number) =>
    kept({ status: "completed" }, { kind: "shell", result: { exitCode } });

  deepEqual([shell(1), shell(0), shell()].map(outcomeOf), ["failed", "ok", "ok"]);
  deepEqual(failureOf(shell(1)), { error_class: "exit_code" });
  deepEqual(failureOf(kept({ status: "error", error: '{"m":"ENOENT"}' })), {
    error_class: "not_found",
  });
});

Deno.test("deciderOf() tells a person's leave from that of the mode", () => {
  deepEqual(deciderOf(kept({}, review("accept"))), { decided_by: "person" });
  deepEqual(deciderOf(kept({ userDecision: "accepted" })), { reviewed: "accepted" });
  deepEqual(deciderOf(kept({})), { decided_by: "policy" });
  deepEqual(deciderOf(kept({}, { kind: "read" })), {});
});
