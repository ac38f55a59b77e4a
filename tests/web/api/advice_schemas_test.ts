/** Tests of `web/api/advice_schemas.ts`; `openapi_test.ts` holds them against short answers. */

import assert from "node:assert/strict";
import { Advisor } from "../../../core/reports/advisor.ts";
import { reportPrediction } from "../../../core/reports/prediction_report.ts";
import { reportSimilar } from "../../../core/reports/similar_report.ts";
import { PREDICTION_DOCUMENT, SIMILAR_DOCUMENT } from "../../../web/api/advice_schemas.ts";
import { alikeSessions } from "../../helpers/alike_sessions.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("SIMILAR_DOCUMENT() takes what is told of sessions, and no less", async () => {
  await using home = await filledHome(alikeSessions().flatMap(({ events }) => events));
  const advisor = new Advisor(home.db);

  const report = reportSimilar(advisor, { session: "code-0" })!;

  assert.ok(report.sessions.length > 0 && SIMILAR_DOCUMENT.safeParse(report).success);
  const { strategies: _, ...rest } = report;
  assert.ok(!SIMILAR_DOCUMENT.safeParse(rest).success);
  assert.ok(PREDICTION_DOCUMENT.safeParse(reportPrediction(advisor, {})).success);
});
