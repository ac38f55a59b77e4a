/** Tests of `core/reports/prediction_report.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { openReader } from "../../../core/database.ts";
import { PREDICTION_TARGETS } from "../../../core/prediction_features.ts";
import { Advisor } from "../../../core/reports/advisor.ts";
import { reportPrediction } from "../../../core/reports/prediction_report.ts";
import { NOON, seededRandom } from "../../helpers/events.ts";
import { filledHome, ONE, TWO } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

/** A person who refuses three new files in four, and one change in ten. */
function picky(sessions: number): Story[] {
  const random = seededRandom(5);
  return Array.from(
    { length: sessions },
    (_, i) =>
      new Story(`s${i}`, { at: NOON - i * 3_600_000, project: random() < 0.5 ? ONE : TWO })
        .prompt()
        .times(10, (story, k) => {
          const tool = k % 3 === 0 ? "Write" : "Edit";
          const isRefused = random() < (tool === "Write" ? 0.75 : 0.1);
          story.call(tool, { file: `${k % 4}`, outcome: isRefused ? "rejected" : "ok" });
        }),
  );
}

async function open(sessions: number) {
  const home = await filledHome(picky(sessions).flatMap(({ events }) => events));
  return {
    advisor: new Advisor(home.db),
    [Symbol.asyncDispose]: () => home[Symbol.asyncDispose](),
  };
}

Deno.test("reportPrediction() tells how likely an edit is accepted, and why", async () => {
  await using home = await open(24);
  const { advisor } = home;

  const write = reportPrediction(advisor, { operation: "create" });
  const edit = reportPrediction(advisor, { edit: { tool: "Edit" } });
  const any = reportPrediction(advisor);

  assert.deepEqual([write.schema, write.status, write.method, write.n], [
    "blueplane.prediction/1",
    "ok",
    "logistic",
    240,
  ]);
  const { value, low, high } = write.probability!;
  assert.ok(low < value && value < high && low < 0.25 + 0.1 && high > 0.25 - 0.1);
  assert.ok(edit.probability!.value > 0.8);
  assert.ok(value < any.probability!.value && any.probability!.value < edit.probability!.value);
  const [factor] = write.factors;
  assert.deepEqual([factor!.feature, factor!.value], ["tool", "Write"]);
  assert.ok(factor!.effect < -0.3 && factor!.rate!.n === 96);
  assert.deepEqual(any.factors, []);
});

Deno.test("reportPrediction() tells how well it fitted sessions that it never saw", async () => {
  await using home = await open(24);
  const { calibration, base_rate, period } = reportPrediction(home.advisor);
  const { held_out_sessions, later_sessions } = calibration!;

  // Those that ended within the last hour may be going on.
  assert.deepEqual([held_out_sessions.n, held_out_sessions.sessions], [220, 22]);
  assert.deepEqual([later_sessions.n, later_sessions.sessions], [60, 6]);
  assert.ok(held_out_sessions.brier < held_out_sessions.brier_base_rate);
  assert.ok(held_out_sessions.brier_difference.high! < 0);
  const binned = held_out_sessions.bins.reduce((sum, { n }) => sum + n, 0);
  assert.deepEqual([binned, base_rate?.n], [220, 240]);
  assert.equal(period?.from, new Date(NOON - 23 * 3_600_000 + 1000).toISOString());
});

Deno.test("reportPrediction() takes from a session what that tells", async () => {
  await using home = await open(24);
  const labels = new Map([[ONE, "engine"], [TWO, "engine"]]);
  const query = { session: "s3", edit: { tool: "Edit" }, labels };

  const report = reportPrediction(home.advisor, query);

  const told = report.factors.map(({ feature, label }) => label ?? feature).sort();
  assert.deepEqual(told, ["engine", "recent", "tool"]);
  assert.deepEqual(reportPrediction(new Advisor(home.advisor.db), query), report);
});

Deno.test("reportPrediction() says what one who learns from scratch says", async () => {
  const later = picky(26).slice(22).flatMap(({ events }) => events);
  const order = fc.shuffledSubarray(later, { minLength: later.length });
  await fc.assert(
    fc.asyncProperty(order, fc.integer({ min: 2, max: 4 }), async (events, parts) => {
      await using home = await filledHome(picky(22).flatMap(({ events }) => events));
      const kept = new Advisor(home.db);
      for (let part = 0; part <= parts; part++) {
        using db = openReader(home.path)!;
        assert.deepEqual(allPredictions(kept), allPredictions(new Advisor(db)));
        await home.tell(...events.filter((_, i) => i % parts === part % parts));
      }
      assert.equal(reportPrediction(kept).n, 260);
    }),
    fcRuns(2),
  );
});

function allPredictions(advisor: Advisor) {
  return PREDICTION_TARGETS.map((target) =>
    reportPrediction(advisor, { target, session: "s23", operation: "edit" })
  );
}

Deno.test("reportPrediction() says what is missing, and foretells nothing", async () => {
  await using home = await open(4);
  const report = reportPrediction(home.advisor, { target: "kept" });

  assert.deepEqual([report.status, report.n, report.needed], ["insufficient_data", 4, 10]);
  assert.equal(report.n_of, "sessions");
  assert.deepEqual([report.probability, report.calibration, report.method, report.factors], [
    null,
    null,
    null,
    [],
  ]);
  const [, , , sessions] = report.needs;
  assert.deepEqual(sessions, { what: "sessions", n: 4, needed: 10 });
  assert.equal(report.base_rate?.n, 40);
});

Deno.test("reportPrediction() tells which words nothing was seen with", async () => {
  await using home = await open(2);
  const unseen = (edit: Record<string, string>) =>
    reportPrediction(home.advisor, { edit }).unseen;

  assert.deepEqual(unseen({ tool: "Nope", project: TWO, hour: "night" }), ["tool"]);
  assert.deepEqual(unseen({ tool: "Edit" }), []);
  await using empty = await filledHome([]);
  const none = reportPrediction(new Advisor(empty.db), { edit: { tool: "Nope" } });
  assert.deepEqual(none.unseen, []);
});
