/** Tests of how far every source is stored. */

import assert from "node:assert/strict";
import { CheckpointStore, readCheckpoints, readStoredPosition } from "../../core/checkpoints.ts";
import { openWriter } from "../../core/open_writer.ts";
import { Words } from "../../core/words.ts";
import { StoredMarks } from "../../pipeline/stored_marks.ts";
import { makeCheckpoint } from "./port_contract.ts";

const [own, other] = ["aa", "bb"];

function open() {
  const db = openWriter(":memory:");
  const words = new Words(db);
  return {
    db,
    marks: new StoredMarks(db, words),
    accepted: new CheckpointStore(db, words),
    [Symbol.dispose]: () => db.close(),
  };
}

Deno.test("StoredMarks.save() keeps the last mark of each source of each machine", () => {
  using parts = open();
  const { marks, db } = parts;
  const at = (position: number) => makeCheckpoint({ position });

  marks.save([{ machine: own, checkpoint: at(1) }, { machine: other, checkpoint: at(7) }]);
  marks.save([{ machine: own, checkpoint: at(2) }]);

  assert.deepEqual([...marks.of(own).values()], [at(2)]);
  assert.deepEqual([...marks.of(other).values()], [at(7)]);
  assert.deepEqual(marks.machines(), [own, other]);
  assert.equal(readStoredPosition(db, own, "file1"), 2);
  assert.equal(readStoredPosition(db, own, "file2"), 0);
});

Deno.test("StoredMarks.rewind() puts back what was accepted to what is stored", () => {
  using parts = open();
  const { marks, accepted, db } = parts;
  accepted.save(makeCheckpoint({ position: 90 }));
  accepted.save(makeCheckpoint({ id: "file2", platform: "cursor" }));
  const spool = makeCheckpoint({ id: "spool", transient: true });
  marks.save([makeCheckpoint({ position: 50 }), spool].map((checkpoint) => ({
    machine: own,
    checkpoint,
  })));

  marks.rewind(marks.of(own).values());

  const found = [...readCheckpoints(db).values()].map(({ id, position }) => `${id} ${position}`);
  assert.deepEqual(found, ["file1 50"]);
});

Deno.test("StoredMarks.adopt() takes what was accepted for stored", () => {
  using parts = open();
  const { marks, accepted } = parts;
  const checkpoints = [makeCheckpoint(), makeCheckpoint({ id: "file2", platform: "cursor" })];
  for (const checkpoint of checkpoints) accepted.save(checkpoint);

  marks.adopt(own);

  assert.deepEqual([...marks.of(own).values()], checkpoints);
});
