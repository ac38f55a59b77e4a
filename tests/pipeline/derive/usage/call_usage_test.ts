/** Tests of `pipeline/derive/usage/call_usage.ts`. */

import assert from "node:assert/strict";
import { watchCalls } from "../../../../pipeline/derive/usage/call_usage.ts";
import { call, shownTo } from "./shown.ts";

Deno.test("watchCalls() takes a call for a retry behind a failed one of its tool and file", () => {
  const { counts } = shownTo(watchCalls, [
    call("Edit", { file: 1, outcome: "failed" }),
    call("Bash"),
    call("Edit", { file: 2 }),
    call("Bash", { outcome: "failed" }),
    call("Bash", { outcome: "failed" }),
    call("Bash"),
    call("Bash"),
  ]);

  assert.deepEqual(counts, { calls_ok: 4, calls_failed: 3, retries: 2, retries_ok: 1 });
});

Deno.test("watchCalls() takes each call for a retry, when several failed together", () => {
  const { counts } = shownTo(watchCalls, [
    call("Edit", { file: 1, outcome: "failed" }),
    call("Edit", { file: 2, outcome: "failed" }),
    call("Read", { file: 1 }),
    call("Edit", { file: 1 }),
    call("Edit", { file: 2 }),
    call("Edit", { file: 2 }),
  ]);

  assert.deepEqual(counts, { calls_ok: 4, calls_failed: 2, retries: 2, retries_ok: 2 });
});

Deno.test("watchCalls() knows no retries of sub-agents, nor behind a refusal", () => {
  const { counts } = shownTo(watchCalls, [
    call("Bash", { outcome: "failed", side: true }),
    call("Bash", { side: true }),
    call("Edit", { outcome: "rejected", file: 1 }),
    call("Edit", { outcome: null, file: 1 }),
  ]);

  assert.deepEqual(counts, { calls_ok: 1, calls_failed: 1 });
});
