/** Tests of writing one part of the archive. */

import { deepEqual, equal, throws } from "node:assert/strict";
import { digestOf } from "../../pipeline/archive_parts.ts";
import { PartWriter, removePart } from "../../pipeline/part_writer.ts";
import { makePrompt } from "../helpers/events.ts";

const PART = { id: 3, platform: "claude_code", month: 202611 };
const PLACE = "platform=claude_code/month=2026-11/part-000003.parquet";

function withFolder(use: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync({ prefix: "blueplane_test_" });
  try {
    use(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function promptsOf(block: number) {
  return Array.from({ length: 700 }, (_, i) => makePrompt({ id: `${block}-${i}`, at: i }));
}

function write(folder: string): PartWriter {
  const writer = new PartWriter(folder, PART);
  for (const block of [1, 2, 3]) writer.add(block, promptsOf(block));
  writer.finish();
  return writer;
}

Deno.test("PartWriter.add() keeps the events of a block in one group", () =>
  withFolder((folder) => {
    const writer = write(folder);

    deepEqual(
      writer.pieces.map(({ block, rowGroup, firstRow }) => [block, rowGroup, firstRow]),
      [[1, 0, 0], [2, 0, 700], [3, 1, 0]],
    );
    equal(writer.groups, 2);
  }));

Deno.test("PartWriter.verify() refuses a file that is not what was told", () =>
  withFolder((folder) => {
    const writer = write(folder);

    writer.verify(0, promptsOf);
    writer.verify(1, promptsOf);
    throws(() => writer.verify(1, (block) => promptsOf(block + 1)), /not what was read back/);
    throws(() => writer.verify(1, (block) => promptsOf(block).slice(1)), /not what was/);
  }));

Deno.test("PartWriter.publish() gives the file its name, and removePart() takes all away", () =>
  withFolder((folder) => {
    const writer = write(folder);
    throws(() => Deno.statSync(`${folder}/${PLACE}`), Deno.errors.NotFound);

    const { events, bytes, digest } = writer.publish();

    equal(events, 2100);
    equal(bytes, Deno.statSync(`${folder}/${PLACE}`).size);
    equal(digest, digestOf(`${folder}/${PLACE}`));
    removePart(folder, PART);
    deepEqual([...Deno.readDirSync(folder)], []);
  }));
