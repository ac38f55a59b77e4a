/**
 * Goal: nothing is read twice, and who has nothing to do reads nothing. Method: the functions that
 * read files are replaced by ones that count, and the bytes are held against those that came.
 */

import { deepEqual, equal, ok } from "node:assert/strict";
import { isTranscript } from "../../capture/claude_code/locate.ts";
import { countReads } from "../helpers/counted_reads.ts";
import type { Machine } from "../helpers/run_blueplane.ts";
import { askHere, syncHere } from "../helpers/told.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { openLiveReader } from "./live_reader.ts";
import { append, machineOf, richFolder, type TranscriptFile } from "./rich_folder.ts";

/** The head by which a file is known again, read once before what is new. */
const HEAD_BYTES = 1024;

Deno.test("Capture.catchUp() reads each byte once, and the head of each file", async () => {
  const { files, machine } = manyFiles();
  using _machine = machine;
  await using reader = await openLiveReader(machine);
  using reads = countReads(machine.claude);

  await reader.look();

  const read = reads.take();
  for (const { path, bytes } of files.filter(({ path }) => isTranscript(path))) {
    const size = read.get(`${machine.claude}/projects/${path}`) ?? 0;
    ok(size >= bytes.length && size <= bytes.length + HEAD_BYTES, `${path}: ${size}`);
  }
});

Deno.test("Capture.catchUp() reads what was appended and one head, of no other file", async () => {
  const { files, machine } = manyFiles();
  using _machine = machine;
  await using reader = await openLiveReader(machine);
  await reader.look();
  using reads = countReads(machine.claude);
  const { path } = files.find(({ bytes }) => bytes.length > 50_000)!;

  for (const size of [1, 1000, 30_000]) {
    append(machine, path, lineOf(size));
    await reader.look();

    const [only, ...others] = reads.take();
    deepEqual(others, []);
    equal(only?.[0], `${machine.claude}/projects/${path}`);
    const [least, most] = [lineOf(size).length, lineOf(size).length + HEAD_BYTES];
    ok(only[1] >= least && only[1] <= most, `${only[1]} bytes for ${least}`);
  }
});

Deno.test("Capture.follow() reads nothing, while nothing is written", async () => {
  const { machine } = manyFiles();
  using _machine = machine;
  const clock = new VirtualClock(Date.now());
  await using reader = await openLiveReader(machine, clock);
  await reader.look();
  using reads = countReads(machine.claude);
  const stop = new AbortController();

  const following = reader.capture.follow(stop.signal);
  // Two minutes: active files are looked at each second, all of them four times.
  for (let second = 0; second < 120; second++) {
    await new Promise((resolve) => setTimeout(resolve));
    clock.advance(1000);
  }
  stop.abort();
  await following;

  equal(reads.takeBytes(), 0);
});

Deno.test("Capture.follow() reads what was appended once, in all its looks", async () => {
  const { files, machine } = manyFiles();
  using _machine = machine;
  const clock = new VirtualClock(Date.now());
  await using reader = await openLiveReader(machine, clock);
  await reader.look();
  using reads = countReads(machine.claude);
  const stop = new AbortController();

  const following = reader.capture.follow(stop.signal);
  let appended = 0;
  for (let second = 0; second < 120; second++) {
    await new Promise((resolve) => setTimeout(resolve));
    if (second % 20 === 0) {
      append(machine, files[0]!.path, lineOf(1000 + second));
      appended += lineOf(1000 + second).length;
    }
    clock.advance(1000);
  }
  stop.abort();
  await following;

  const read = reads.takeBytes();
  ok(read >= appended && read <= appended + 6 * HEAD_BYTES, `${read} bytes for ${appended}`);
});

Deno.test("syncHere() reads nothing in a new process, when nothing is new", async () => {
  const { machine } = manyFiles();
  using _machine = machine;
  await syncHere(machine);
  using reads = countReads(machine.claude);

  equal((await syncHere(machine)).bytes, 0);

  equal(reads.takeBytes(), 0);
});

Deno.test("askHere() reads no more than the beginnings of transcripts, for labels", async () => {
  const { machine } = manyFiles();
  using _machine = machine;
  await syncHere(machine);
  using reads = countReads(machine.claude);

  await askHere(machine);

  const most = Math.max(...reads.take().values());
  ok(most <= 2 * 64 * 1024, String(most));
});

function manyFiles(): { files: readonly TranscriptFile[]; machine: Machine } {
  const files = ["1.0.128/interactive", "2.1.330/interactive"].flatMap((run, i) =>
    richFolder(run).map(({ path, bytes }) => ({ path: `${i}-${path}`, bytes }))
  );
  return { files, machine: machineOf(files) };
}

/** A line of a size, more or less. */
function lineOf(size: number): Uint8Array {
  const line = { type: "user", message: { role: "user", content: "x".repeat(size) } };
  return new TextEncoder().encode(`${JSON.stringify(line)}\n`);
}
