/** Tests of `web/parts/verdicts.ts`. */

import assert from "node:assert/strict";
import { EVIDENCE } from "../../../core/edit_verdict.ts";
import { DECISION_CHOICES } from "../../../core/reports/session_decisions.ts";
import { EVIDENCE_TEXTS, VERDICT_NAMES } from "../../../web/parts/verdicts.ts";

Deno.test("VERDICT_NAMES() and EVIDENCE_TEXTS() tell all apart", () => {
  const names = DECISION_CHOICES.map((choice) => VERDICT_NAMES[choice]);
  assert.deepEqual(names, [...new Set(names)]);
  const texts = EVIDENCE.map((evidence) => EVIDENCE_TEXTS[evidence]);
  assert.deepEqual(texts, [...new Set(texts)]);
});
