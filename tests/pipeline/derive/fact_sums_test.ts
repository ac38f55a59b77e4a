/** Tests of what facts add to sums; those of the fold have every count. */

import { deepEqual } from "node:assert/strict";
import { systemClock } from "../../../core/clock.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { Words } from "../../../core/words.ts";
import { FactSums } from "../../../pipeline/derive/fact_sums.ts";
import { toldInputs } from "../../../pipeline/derive/input_fact.ts";
import { toldResponse } from "../../../pipeline/derive/response_fact.ts";
import { toldUse } from "../../../pipeline/derive/tool_call_fact.ts";
import { factKey } from "../../../core/fact_key.ts";
import { makePrompt, makeResponse, makeToolUse } from "../../helpers/events.ts";
import { tempDatabase } from "../temp_database.ts";

const TABLES = ["model_sums", "call_sums", "error_sums", "input_sums", "attribution_sums"];

Deno.test("FactSums() has nothing, when all that was added is taken away", () => {
  using folder = tempDatabase();
  using db = openWriter(folder.path);
  const words = new Words(db), sums = new FactSums(db, words), now = systemClock.now();
  const word = (text: string) => words.number(text);
  const response = toldResponse(makeResponse({ id: "r", sidechain: true }), 1, word);
  const call = toldUse(makeToolUse({ id: "u", use: "u" }), 1, { word, file: factKey });
  const [[, input]] = toldInputs(makePrompt({ id: "p" }), 1) as [[number, never]];
  const apply = (sign: 1 | -1) => {
    sums.addResponse(response, sign, now);
    sums.addCall(call, sign, now);
    sums.addInput(input, sign, now);
    sums.flush();
  };
  const filled = () =>
    TABLES.filter((table) =>
      Object.values(db.prepare(`select 1 from ${table}`).get() ?? {}).length
    );

  apply(1);
  const before = filled();
  apply(-1);

  deepEqual(before, ["model_sums", "call_sums", "input_sums", "attribution_sums"]);
  deepEqual(filled(), []);
});

Deno.test("reset() forgets what was not written", () => {
  using folder = tempDatabase();
  using db = openWriter(folder.path);
  const words = new Words(db), sums = new FactSums(db, words), now = systemClock.now();
  const word = (text: string) => words.number(text);

  sums.addResponse(toldResponse(makeResponse({ id: "r" }), 1, word), 1, now);
  sums.reset();
  sums.flush();

  deepEqual(db.prepare("select * from model_sums").all(), []);
});

for (const isOpen of [true, false]) {
  const what = isOpen ? "goes on" : "is no more";
  Deno.test(`reset() keeps earlier batches or not, when their transaction ${what}`, () => {
    using folder = tempDatabase();
    using db = openWriter(folder.path);
    const words = new Words(db), sums = new FactSums(db, words), now = systemClock.now();
    const add = (id: string) => {
      const told = toldResponse(makeResponse({ id }), 1, (text) => words.number(text));
      sums.addResponse(told, 1, now);
    };

    db.exec("begin");
    add("kept");
    sums.keep();
    add("lost");
    if (!isOpen) db.exec("rollback");
    sums.reset();
    sums.flush();

    const [row] = db.prepare("select messages from model_sums where tier = 0").all();
    deepEqual(row?.messages, isOpen ? 1 : undefined);
  });
}
