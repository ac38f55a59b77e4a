/** Tests of `pipeline/derive/cost_state_table.ts`: the latest totals, in any order. */

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Database } from "../../../core/database.ts";
import { openWriter } from "../../../core/open_writer.ts";
import type { EventRecord, TelemetryEvent } from "../../../core/event.ts";
import type { SafeText } from "../../../core/privacy.ts";
import { openPrices } from "../../../core/prices.ts";
import { Words } from "../../../core/words.ts";
import { CostStateTable } from "../../../pipeline/derive/cost_state_table.ts";
import { DirtySessions } from "../../../pipeline/derive/dirty_sessions.ts";
import { MetricsFold } from "../../../pipeline/derive/metrics_fold.ts";
import { makeEvent, NOON } from "../../helpers/events.ts";
import { VirtualClock } from "../../helpers/virtual_clock.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

Deno.test("CostStateTable.tell() keeps the totals with the longest duration, then cost", () => {
  const short = costState(10, 500), long = costState(20, 400), dear = costState(20, 450);

  for (const told of [[short, long, dear], [dear, long, short], [long, dear, short]]) {
    using db = openWriter(":memory:");
    tell(db, told);
    assert.deepEqual(
      rows(db).totals.map(({ duration_ms, cost_micros }) => [duration_ms, cost_micros]),
      [[20, 450]],
    );
  }
});

Deno.test("CostStateTable.tell() keeps the models of the totals that it keeps, alone", () => {
  using db = openWriter(":memory:");
  tell(db, [
    costState(10, 1, { models: [model("claude-opus-5", 7), model("claude-haiku-5", 8)] }),
    costState(20, 1, { models: [model("claude-opus-5", 9)] }),
  ]);

  assert.deepEqual(rows(db).models.map(({ model, input_tokens }) => [model, input_tokens]), [
    ["claude-opus-5", 9],
  ]);
});

Deno.test("CostStateTable.tell() takes nothing, when an event holds what it cannot be", () => {
  using db = openWriter(":memory:");
  const models = [null, 5, { model: 7 }, { model: "x" }] as unknown as EventRecord[];
  tell(db, [costState(-1, 1e300, { models, lines_added: "x" as SafeText })]);

  const { totals, models: kept } = rows(db);
  assert.deepEqual([totals[0]!.duration_ms, totals[0]!.lines_added], [0, 0]);
  assert.ok(Number.isSafeInteger(totals[0]!.cost_micros));
  assert.deepEqual(kept.map(({ model }) => model), ["x"]);
});

Deno.test("CostStateTable.tell() ends alike for any order and repetition", () => {
  const few = fc.nat(2);
  const anyState = fc.tuple(few, few, few, fc.array(fc.tuple(few, few), { maxLength: 3 })).map(
    ([duration, cost, added, models]) =>
      costState(duration, cost, {
        lines_added: added,
        models: models.map(([name, input]) => model(`claude-${name}`, input)),
      }),
  );
  const told = fc.array(anyState, { minLength: 1, maxLength: 12 }).chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc.shuffledSubarray(events),
      fc.shuffledSubarray(events, { minLength: events.length }),
    )
  );
  fc.assert(
    fc.property(told, ([events, again, order]) => {
      using straight = openWriter(":memory:");
      using otherwise = openWriter(":memory:");

      tell(straight, events);
      tell(otherwise, [...again, ...order, ...again]);

      assert.deepEqual(rows(otherwise), rows(straight));
    }),
    fcRuns(60),
  );
});

Deno.test("MetricsFold.apply() hands totals on, and makes no session of them", () => {
  using db = openWriter(":memory:");
  db.exec("insert into words values (1, 'claude_code')");
  db.exec("insert into sessions (id, platform, session_id) values (7, 1, 's1')");
  const fold = new MetricsFold({
    db,
    words: new Words(db),
    clock: new VirtualClock(NOON),
    prices: openPrices(undefined),
    sessionNumber: () => 7,
    dirty: new DirtySessions(db, []),
  });

  fold.apply([costState(10, 5)]);
  fold.apply([costState(10, 5), costState(5, 50)]);

  assert.deepEqual(rows(db).totals.map(({ session, cost_micros }) => [session, cost_micros]), [
    [7, 5],
  ]);
  assert.deepEqual({ ...db.prepare("select counted, started_at from sessions").get() }, {
    counted: 0,
    started_at: null,
  });
});

function costState(duration: number, cost: number, more: EventRecord = {}): TelemetryEvent {
  const id = `c${duration}-${cost}-${JSON.stringify(more).length}`;
  return makeEvent("cost_state", { id, undated: true }, {
    duration_ms: duration,
    cost_micros: cost,
    started_at: NOON,
    ...more,
  });
}

function model(name: string, input: number): EventRecord {
  return { model: name as SafeText, input_tokens: input };
}

function tell(db: Database, events: readonly TelemetryEvent[]): void {
  const table = new CostStateTable(db, new Words(db));
  for (const event of events) table.tell(1, event);
}

function rows(db: Database) {
  const all = (sql: string) => db.prepare(sql).all().map((row) => ({ ...row }));
  return {
    totals: all("select * from cost_states order by session"),
    models: all(
      `select w.text as model, input_tokens, m.cost_micros from cost_state_models m
       join words w on w.id = m.model order by 1`,
    ),
  };
}
