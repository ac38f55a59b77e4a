/** Tests of `core/reports/usage_report.ts`. */

import assert from "node:assert/strict";
import { reportSession } from "../../../core/reports/session_report.ts";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { literal } from "../../../core/privacy.ts";
import { keptNowhere, makeEvent } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, usageHome } from "./usage_story.ts";

Deno.test("readUsage() tells how models, files and tools were used", async () => {
  await using home = await usageHome();
  const { operations, operation_shares, models, files, tools, ...usage } = ask(home).report
    .usage!;

  assert.equal(operations, 14);
  assert.deepEqual(operation_shares, {
    prompts: 0.214286,
    commands: 0,
    responses: 0.285714,
    tool_calls: 0.5,
  });
  assert.equal(usage.active_days, 2);
  assert.equal(usage.sessions_per_active_day, 1);
  assert.equal(usage.session_sources, null);
  assert.deepEqual(models, {
    preferred: "claude-opus-4-5",
    shares: { "claude-opus-4-5": 0.75, "claude-haiku-4-5-20251001": 0.25 },
    switches: 1,
    switches_per_session: 0.5,
    fast_share: 0,
  });
  const { iteration, read_first, churned, ...counts } = files;
  assert.deepEqual(counts, { lines_net: 30, edits: 2, edits_per_file: 1, new_share: 0 });
  assert.deepEqual([iteration?.value, read_first?.value, churned?.value], [0, 1, 0]);
  assert.deepEqual([tools.retry?.n, tools.recovery?.value], [7, 1]);
  // Edit 3, Read 2, and two tools once each: 1.277034 ÷ 1.386294.
  assert.equal(tools.diversity, 0.921185);
});

Deno.test("readUsage() tells of a session what it tells of its period", async () => {
  await using home = await usageHome();
  const { current_streak_days: _, ...ofSession } = reportSession(home.db, "one")!.usage!;
  const { current_streak_days: __, ...ofPeriod } = ask(home, 24).report.usage!;

  assert.deepEqual(ofSession, ofPeriod);
});

Deno.test("readUsage() counts how sessions began, as hooks tell it", async () => {
  await using home = await usageHome();
  const start = (id: string, source: string) => ({
    ...makeEvent("session_start", { id, session: "one" }, { source: literal(source) }),
    hookType: literal("SessionStart"),
  });
  await home.tell(start("a", "startup"), start("b", "resume"), start("a", "startup"));

  assert.deepEqual(ask(home, 24).report.usage!.session_sources, { resume: 1, startup: 1 });
  assert.equal(reportSession(home.db, "two")!.usage!.session_sources, null);
});

Deno.test("readUsage() has nothing to tell of a model", async () => {
  await using home = await usageHome();
  const { query } = ask(home);

  assert.equal(reportMetrics(home.db, { ...query, model: "gpt-5" }).usage, null);
});

Deno.test("readUsage() knows no share of fast mode, where no usage is kept", async () => {
  await using home = await filledHome([keptNowhere()]);
  const { models, files } = ask(home).report.usage!;

  assert.deepEqual([models.shares, models.fast_share], [{ "composer-1": 1 }, null]);
  assert.deepEqual([files.read_first, files.new_share], [null, null]);
});
