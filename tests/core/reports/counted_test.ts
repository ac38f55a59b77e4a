/** Tests of `core/reports/counted.ts` over what a real pipeline leaves. */

import assert from "node:assert/strict";
import { systemClock } from "../../../core/clock.ts";
import { CheckpointStore } from "../../../core/checkpoints.ts";
import { encodeEvent } from "../../../core/event.ts";
import { openReader } from "../../../core/database.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { isCounted } from "../../../core/reports/counted.ts";
import { Words } from "../../../core/words.ts";
import { Pipeline } from "../../../pipeline/pipeline.ts";
import { StoredMarks } from "../../../pipeline/stored_marks.ts";
import { makePrompt } from "../../helpers/events.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";

const AT = 1_750_000_000_000;

Deno.test("isCounted() waits for what is accepted, and not for insights", async () => {
  using machine = tempMachine();
  const path = `${machine.path}/telemetry.db`, tables = { claude_code: "claude_raw_traces" };
  await using pipeline = new Pipeline({ path, tables, clock: systemClock });
  using db = openReader(path)!;
  assert.equal(isCounted(db), true);

  const accepted = pipeline.accept([encodeEvent(makePrompt({ id: "one" }))], []);
  const drained = pipeline.drain("counts");
  await accepted;
  assert.equal(isCounted(db), false);
  await drained;
  assert.equal(isCounted(db), true);
});

Deno.test("isCounted() counts sessions that are to be derived, insights apart", () => {
  using db = openWriter(":memory:");
  const mark = (name: string) =>
    db.prepare("insert into dirty_sessions (name, session, from_at) values (?, 1, 0)").run(name);
  mark("insights");
  assert.equal(isCounted(db), true);
  mark("times");
  assert.equal(isCounted(db), false);
});

Deno.test("isCounted() asks how far a queue outside has stored what was read of late", () => {
  using db = openWriter(":memory:");
  const words = new Words(db), marks = new StoredMarks(db, words);
  const at = (position: number) => ({
    ...{ id: "folder:one", platform: "claude_code", sessionId: "one", fileId: "1:2", head: "" },
    ...{ position, size: position, modifiedAt: AT, state: "{}", drift: "{}" },
    ...{ lines: 1, linesMalformed: 0, linesUnknown: 0 },
  });
  const outside = { machine: "aa", since: AT - 1 };
  new CheckpointStore(db, words).save(at(90));
  assert.equal(isCounted(db, outside), false);
  assert.equal(isCounted(db, { ...outside, since: AT }), true);
  marks.save([{ machine: "bb", checkpoint: at(90) }, { machine: "aa", checkpoint: at(80) }]);
  assert.equal(isCounted(db, outside), false);
  marks.save([{ machine: "aa", checkpoint: at(90) }]);
  assert.equal(isCounted(db, outside), true);
});
