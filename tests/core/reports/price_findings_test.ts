/** Tests of `core/reports/price_findings.ts`: an old table, and models without a price. */

import assert from "node:assert/strict";
import { priceFindings } from "../../../core/reports/price_findings.ts";
import { makePrompt, makeResponse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const DAY_MS = 86_400_000;

Deno.test("priceFindings() is well, when every model has a price of this year", async () => {
  await using home = await filledHome();

  const findings = priceFindings(home.db, NOON + DAY_MS, "2026-03-01");

  assert.deepEqual(findings.map(({ id, severity }) => [id, severity]), [
    ["prices", "ok"],
    ["models", "ok"],
  ]);
});

Deno.test("priceFindings() finds an old table, and names models without a price", async () => {
  await using home = await filledHome([
    makePrompt({ id: "p" }),
    makeResponse({ id: "r", model: "claude-unheard-of-9", input: 5, output: 7 }),
  ]);

  const [age, models] = priceFindings(home.db, NOON, "2025-03-01");

  assert.deepEqual([age!.severity, age!.numbers!.age_days], ["note", 365]);
  assert.deepEqual([models!.severity, models!.numbers], ["note", {
    models_without_price: 1,
    messages_without_price: 1,
  }]);
  assert.match(models!.title, /^1 model without a price: claude-unheard-of-9$/);
});
