/** Tests of `core/prediction/pattern_table.ts`. */

import assert from "node:assert/strict";
import { LogisticModel } from "../../../core/prediction/logistic.ts";
import { PatternTable } from "../../../core/prediction/pattern_table.ts";
import { madeUpEdits, summed } from "./made_up_edits.ts";

const edits = madeUpEdits({
  seed: 2,
  sessions: 12,
  edits: 20,
  chance: ({ tool }) => tool === "Edit" ? 0.9 : 0.4,
});
const sessions = summed(edits), all = [...sessions.keys()];

Deno.test("rowsOf() adds up some sessions, edit by edit", () => {
  const table = new PatternTable(sessions), some = [1, 5, 7];
  const mine = edits.filter(({ session }) => some.includes(session));

  for (const { features, n, good } of table.rowsOf(some)) {
    const alike = mine.filter((edit) =>
      table.code.encode(edit.features).join() === features.join()
    );
    assert.deepEqual([n, good], [alike.length, alike.filter(({ label }) => label).length]);
  }
  assert.equal(table.rowsOf(some).reduce((sum, { n }) => sum + n, 0), mine.length);
});

Deno.test("rowsOf() makes one row of what differs in rare values alone", () => {
  const [first, ...rest] = edits;
  const rare = ["rs", "go"].map((extension) => {
    return { ...first!, features: { ...first!.features, extension } };
  });
  const { patterns } = summed([...rare, ...rest])[0]!;
  const table = new PatternTable(summed([...rare, ...rest]));

  assert.equal(table.rowsOf([0]).length, patterns.length - 1);
});

Deno.test("modelOf() is the model of these rows, wherever its search begins", () => {
  const table = new PatternTable(sessions), rows = table.rowsOf(all.slice(3));
  const { weights } = new LogisticModel(rows, table.code.values.length, 4);

  table.modelOf(rows, 4).weights.forEach((weight, i) =>
    assert.ok(Math.abs(weight - weights[i]!) < 1e-8)
  );
  assert.equal(table.modelOfAll(4), table.modelOfAll(4));
});
