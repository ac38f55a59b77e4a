/** Tests of `core/kept_sessions.ts`: the same as what is read. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { type Database, openReader } from "../../core/database.ts";
import { PREDICTION_TARGETS } from "../../core/prediction_features.ts";
import { readLatestSums } from "../../core/prediction/session_edits.ts";
import { foldOfSessions, inOrder, keepOfSessions } from "../../core/kept_sessions.ts";
import { Advisor } from "../../core/reports/advisor.ts";
import { readDearestSessions } from "../../core/reports/dearest_sessions.ts";
import { reportErrorPatterns } from "../../core/reports/error_patterns_report.ts";
import { reportInsights } from "../../core/reports/insights_report.ts";
import { SESSION_SORTS } from "../../core/reports/report_choices.ts";
import { countGoingOn } from "../../core/reports/session_heads.ts";
import { readSessionOrder } from "../../core/reports/session_order.ts";
import { searchSessions } from "../../core/reports/session_search.ts";
import { readSessionTotals } from "../../core/reports/session_totals.ts";
import { readSequences } from "../../core/reports/usage/sequences.ts";
import { readSessionUsage } from "../../core/reports/usage/session_shares.ts";
import { readWorkflows } from "../../core/reports/usage/workflows.ts";
import { readStrategies } from "../../core/similar/strategies.ts";
import { readWords } from "../../core/words.ts";
import { makePrompt, NOON } from "../helpers/events.ts";
import { filledHome } from "../helpers/filled_home.ts";
import { Story } from "../helpers/story.ts";
import { openParts } from "../pipeline/open_parts.ts";
import { tempDatabase } from "../pipeline/temp_database.ts";
import { FIRST, perform, step } from "./deeds.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

Deno.test("keepOfSessions() is what a new reader reads, whatever happened", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 8 }), async (steps) => {
      using folder = tempDatabase();
      using parts = openParts(folder.path);
      using often = openReader(folder.path)!;
      using seldom = openReader(folder.path)!;
      const all = [{ does: "tell", deeds: FIRST } as const, ...steps];
      for (const [i, one] of all.entries()) {
        await perform(parts, one);
        using fresh = openReader(folder.path)!;
        const now = told(fresh);
        assert.deepEqual(told(often), now);
        if (i % 3 === 0) assert.deepEqual(told(seldom), now);
      }
      await parts.deriveAll();
      using fresh = openReader(folder.path)!;
      for (const kept of [often, seldom]) assert.deepEqual(told(kept), told(fresh));
    }),
    fcRuns(4),
  );
});

Deno.test("keepOfSessions() reads sessions that changed, and no others", async () => {
  await using home = await filledHome(stories("one", "two", "three"));
  const asked: (readonly string[])[] = [];
  const kept = keepOfSessions((db, sessions) => {
    const rows = db.prepare("select id, session_id from sessions order by id").all()
      .map(({ id, session_id: name }) => [Number(id), String(name)] as const)
      .filter(([id]) => sessions?.includes(id) ?? true);
    asked.push(rows.map(([, name]) => name));
    return rows;
  });
  kept(home.db);

  // The last one may have changed once more; one before it has not.
  await home.tell(makePrompt({ session: "one", id: "more" }));
  kept(home.db);
  // Nothing was written since.
  kept(home.db);

  assert.deepEqual(asked[0], ["one", "two", "three"]);
  assert.deepEqual([asked[1]!.includes("one"), asked[1]!.includes("two")], [true, false]);
  assert.equal(asked.length, 2);
});

Deno.test("foldOfSessions() adds what changed, and takes away what it was", async () => {
  await using home = await filledHome(stories("one", "two"));
  const prompts = foldOfSessions(
    (db, sessions) =>
      db.prepare("select session, sum(count) as n from input_sums where tier = 0 group by 1")
        .all()
        .map(({ session, n }) => [Number(session), Number(n)] as const)
        .filter(([session]) => sessions?.includes(session) ?? true),
    {
      start: (values) => ({ sum: [...values].reduce((a, b) => a + b, 0), adds: 0 }),
      add: (told, value) => (told.sum += value, told.adds++),
      remove: (told, value) => told.sum -= value,
    },
  );
  assert.deepEqual(prompts(home.db), { sum: 2, adds: 0 });

  await home.tell(makePrompt({ session: "one", id: "more" }));

  assert.equal(prompts(home.db).sum, 3);
  assert.ok(prompts(home.db).adds <= 4);
});

Deno.test("inOrder() keeps the least first, whatever comes and goes", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 })), fc.array(fc.nat({ max: 20 })), (first, more) => {
      const { start, add, remove } = inOrder<number>((a, b) => a - b), list = start(first);
      for (const one of more) add(list, one);
      for (const one of first) remove(list, one);
      assert.deepEqual(list, more.toSorted((a, b) => a - b));
    }),
  );
});

Deno.test("keepOfSessions() reads of wanted sessions those that it does not know", async () => {
  await using home = await filledHome(stories("one", "two", "three"));
  const asked: (readonly number[])[] = [];
  const kept = keepOfSessions((_, sessions = []) => {
    asked.push(sessions);
    return sessions.map((id) => [id, id] as const);
  });

  assert.deepEqual([...kept(home.db, [1, 2]).keys()], [1, 2]);
  kept(home.db, [1, 3]);

  assert.deepEqual(asked, [[1, 2], [3]]);
});

function stories(...names: string[]) {
  return names.flatMap((name) =>
    new Story(name).prompt().call("Edit", { file: name }).times(1, (story) => {
      story.call("Bash", { form: `${name}` });
    }).events
  );
}

const ALWAYS = { period: { from: undefined, to: NOON }, filter: {}, now: NOON } as const;
const LATELY = { ...ALWAYS, period: { from: NOON - 3_600_000, to: NOON + 3_600_000 } } as const;

/** All that is kept of sessions. */
function told(db: Database) {
  const { all, scales } = new Advisor(db).sessions();
  const vectors = all.map(({ session }) => session), words = readWords(db);
  return {
    all,
    scales,
    practices: readStrategies(db, { good: vectors, others: [] }, words),
    totals: readSessionTotals(db, {}, words),
    orders: SESSION_SORTS.map((sort) => readSessionOrder(db, { sort }).shown),
    errors: reportErrorPatterns(db, { period: { from: undefined, to: NOON }, minFrequency: 1 }),
    found: ["bash", "opus"].map((word) =>
      searchSessions(db, { words: [word], sort: "cost", limit: 9, offset: 0 })
    ),
    usage: [ALWAYS, LATELY].map((query) => [
      readSequences(db, query, words),
      readSessionUsage(db, query, words),
      readWorkflows(db, query),
    ]),
    counts: [countGoingOn(db, ALWAYS.period), countGoingOn(db, { from: NOON, to: NOON * 2 })],
    dearest: readDearestSessions(db),
    insights: reportInsights(db, { limit: 0 }),
    accepted: readSessionOrder(db, { minAcceptance: 0.5 }).shown,
    edits: PREDICTION_TARGETS.map((target) => readLatestSums(db, target)),
  };
}
