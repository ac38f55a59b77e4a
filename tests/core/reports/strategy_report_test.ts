/** Tests of `core/reports/strategy_report.ts`; those of `reportSimilar()` have the rest. */

import assert from "node:assert/strict";
import { Advisor } from "../../../core/reports/advisor.ts";
import { strategyReport } from "../../../core/reports/strategy_report.ts";
import { alikeSessions } from "../../helpers/alike_sessions.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { vectorSketch } from "../similar/vector_sketch.ts";

Deno.test("strategyReport() advises nothing that the others do as often, or more", async () => {
  await using home = await filledHome(alikeSessions().flatMap(({ events }) => events));
  const advisor = new Advisor(home.db);
  const code = advisor.sessions().all.map(({ session }) => session)
    .filter(({ sessionId }) => sessionId[0] === "c");
  const isEven = ({ sessionId }: { sessionId: string }) => Number(sessionId.slice(5)) % 2 === 0;
  const even = code.filter(isEven), odd = code.filter((one) => !isEven(one));

  const { found } = strategyReport(advisor, { good: odd, others: even });

  assert.ok(found.length > 3);
  assert.deepEqual(found.filter(({ advice }) => advice !== null), []);
  assert.ok(found[0]!.difference.clear && found[0]!.difference.value === -1);
});

Deno.test("strategyReport() needs two sides", async () => {
  await using home = await filledHome([]);

  const good = Array.from({ length: 20 }, () => vectorSketch()), others = good.slice(0, 4);
  assert.deepEqual(strategyReport(new Advisor(home.db), { good, others }), {
    status: "insufficient_data",
    sessions: 24,
    n: 4,
    needed: 5,
    found: [],
  });
});
