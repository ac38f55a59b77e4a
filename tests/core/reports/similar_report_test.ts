/** Tests of `core/reports/similar_report.ts`. */

import assert from "node:assert/strict";
import { Advisor } from "../../../core/reports/advisor.ts";
import { reportSimilar, type SimilarQuery } from "../../../core/reports/similar_report.ts";
import { alikeSessions } from "../../helpers/alike_sessions.ts";
import { seededRandom } from "../../helpers/events.ts";
import { filledHome, ONE, OPUS, TWO } from "../../helpers/filled_home.ts";

const events = alikeSessions().flatMap((story) => story.events);

function kindsOf(report: ReturnType<typeof reportSimilar>): Set<string> {
  return new Set(report!.sessions.map(({ session_id }) => session_id.replace(/-\d+$/, "")));
}

Deno.test("reportSimilar() finds sessions of the same kind, and why they are alike", async () => {
  await using home = await filledHome(events);
  const advisor = new Advisor(home.db);
  const labels = new Map([[ONE, "engine"]]);

  const report = reportSimilar(advisor, { session: "code-0", limit: 10, labels })!;

  assert.deepEqual([report.schema, report.status, report.n], ["blueplane.similar/1", "ok", 27]);
  assert.deepEqual(kindsOf(report), new Set(["code"]));
  const [first] = report.sessions;
  assert.equal(Number(first!.session_id.split("-")[1]) % 2, 0);
  assert.ok(first!.similarity > 0.9 && first!.similarity <= 1);
  assert.equal(first!.project_label, "engine");
  const most = Object.fromEntries(first!.alike.map((one) => [one.part, one.most]));
  assert.deepEqual([most.extensions, most.commands, most.models], [["ts"], ["test"], [OPUS]]);
  assert.deepEqual(report.common.extensions, [{ value: "ts", sessions: 10 }]);
  assert.deepEqual(first!.outcome.kept_rate?.value, 1);

  assert.deepEqual(kindsOf(reportSimilar(advisor, { session: "text-3" })), new Set(["text"]));
  assert.equal(reportSimilar(advisor, { session: "none" }), undefined);
  assert.throws(() => reportSimilar(advisor, {}), TypeError);
});

Deno.test("reportSimilar() finds sessions like a task, and tells none of its text", async () => {
  await using home = await filledHome(events);
  const advisor = new Advisor(home.db);
  const like = (task: string) => reportSimilar(advisor, { task })!;

  const report = like("fix the failing tests in secret_plan.ts");

  assert.deepEqual(report.like, {
    task: { tools: ["edit"], extensions: ["ts"], commands: ["test"], size: null },
  });
  assert.equal(JSON.stringify(report).includes("secret"), false);
  assert.deepEqual(kindsOf(report), new Set(["code"]));
  assert.deepEqual(kindsOf(like("write the README")), new Set(["text"]));
  assert.deepEqual(like("hello").sessions, []);
});

Deno.test("reportSimilar() tells what those did that went well", async () => {
  await using home = await filledHome(events);
  const { strategies, tools } = reportSimilar(new Advisor(home.db), { session: "code-0" })!;

  const clear = strategies.found.filter(({ advice }) => advice !== null);
  assert.deepEqual(clear.map(({ practice }) => practice).sort(), [
    "read_before_edit",
    "tests_after_last_edit",
    "tests_run",
  ]);
  for (const { good, others, difference } of clear) {
    assert.deepEqual([good.value, others.value], [1, 0]);
    assert.ok(good.n >= 5 && difference.low > 0);
  }
  const read = tools.recommended.find(({ tool }) => tool === "Read");
  assert.deepEqual([read?.success?.value, read?.used.value], [1, 1]);
});

Deno.test("reportSimilar() says what it lacks, and invents nothing", async () => {
  await using home = await filledHome(alikeSessions(4).flatMap((story) => story.events));
  const report = reportSimilar(new Advisor(home.db), { session: "code-0" })!;

  assert.deepEqual([report.status, report.n, report.needed], ["insufficient_data", 7, 10]);
  assert.deepEqual([report.sessions, report.strategies.found, report.tools.recommended], [
    [],
    [],
    [],
  ]);
  assert.equal(report.strategies.status, "insufficient_data");
});

Deno.test("reportSimilar() keeps to its filters", async () => {
  await using home = await filledHome(events);
  const advisor = new Advisor(home.db);
  const count = (query: SimilarQuery) => {
    const { n, sessions } = reportSimilar(advisor, { session: "code-0", limit: 0, ...query })!;
    return [n, sessions.length];
  };

  assert.deepEqual(count({}), [27, 27]);
  assert.deepEqual(count({ project: TWO }), [14, 14]);
  assert.deepEqual(count({ project: [ONE, TWO], model: OPUS }), [13, 13]);
  assert.deepEqual(count({ platform: "cursor" }), [0, 0]);
  assert.deepEqual(count({ minSimilarity: 0.9 }), [27, 6]);
});

Deno.test("reportSimilar() tells the same, in whatever order events came", async () => {
  const random = seededRandom(4);
  const mixed = events.map((event) => ({ event, place: random() }))
    .sort((a, b) => a.place - b.place).map(({ event }) => event);
  const tell = async (told: typeof events) => {
    await using home = await filledHome(told);
    return reportSimilar(new Advisor(home.db), { session: "code-1", limit: 0 });
  };

  assert.deepEqual(await tell([...mixed, ...events.slice(0, 50)]), await tell(events));
});
