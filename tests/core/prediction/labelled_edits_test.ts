/** Tests of `core/prediction/labelled_edits.ts`. */

import assert from "node:assert/strict";
import type { EditSeen } from "../../../core/prediction/edit_history.ts";
import { labelEdits, recentOf } from "../../../core/prediction/labelled_edits.ts";
import type { Verdict } from "../../../core/session_counts.ts";

const FEATURES = {
  tool: "Edit",
  extension: "ts",
  file: "read",
  model: null,
  mode: null,
  hour: "morning",
  project: null,
  agent: "main",
};

function editsOf(verdicts: readonly Verdict[], { session = 1, judged = true } = {}): EditSeen[] {
  return verdicts.map((verdict, at) => ({
    session,
    at,
    features: FEATURES,
    verdict,
    judged,
  }));
}

Deno.test("labelEdits() learns acceptance from what a person judged, and nothing else", () => {
  const verdicts: Verdict[] = [
    "accepted",
    "rejected",
    "modified",
    "undone",
    "auto",
    "unknown",
  ];

  const labels = (some: readonly EditSeen[], target: "acceptance" | "kept") =>
    labelEdits(some, target).map(({ label }) => label);

  assert.deepEqual(labels(editsOf(verdicts), "acceptance"), [true, false, false, false]);
  assert.deepEqual(labels(editsOf(verdicts, { judged: false }), "acceptance"), []);
  assert.deepEqual(labels(editsOf(verdicts, { judged: false }), "kept"), [
    true,
    false,
    false,
    false,
    true,
  ]);
});

Deno.test("labelEdits() tells how the session went before, and no other session", () => {
  const edits = [
    ...editsOf(["accepted", "rejected", "rejected", "rejected", "accepted"]),
    ...editsOf(["accepted"], { session: 2 }),
  ];

  assert.deepEqual(labelEdits(edits, "acceptance").map(({ features }) => features.recent), [
    "first",
    "all_good",
    "mostly_good",
    "mostly_bad",
    "mostly_bad",
    "first",
  ]);
});

Deno.test("labelEdits() forgets what is more than five edits ago", () => {
  const verdicts: Verdict[] = ["rejected", ...Array<Verdict>(6).fill("accepted")];

  const recent = labelEdits(editsOf(verdicts), "kept").map(({ features }) => features.recent);

  assert.deepEqual(recent.slice(-2), ["mostly_good", "all_good"]);
});

Deno.test("recentOf() names the share of what went well", () => {
  assert.deepEqual([[], [true], [true, false], [false, false, true]].map(recentOf), [
    "first",
    "all_good",
    "mostly_good",
    "mostly_bad",
  ]);
});
