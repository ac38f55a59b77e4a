/** Tests of `capture/jsonl_source.ts`: every line once, and where reading goes on. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { fcRuns } from "../helpers/fc_runs.ts";
import { plainLines } from "./plain_source.ts";
import { makeStage, never, noTotals, readAll } from "./source_stage.ts";

Deno.test("JsonlSource.scan() names files with something new, their bytes and their time", () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  stage.write("b.txt", plainLines("b1"));
  Deno.utimeSync(stage.at("a.jsonl"), 1000, 1000);

  const pending = stage.open().source.scan();

  assert.deepEqual(pending, [{
    path: stage.at("a.jsonl"),
    bytes: plainLines("a1").length,
    modifiedAt: 1_000_000,
  }]);
});

Deno.test("JsonlSource.scan() names nothing, when all was read and nothing changed", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  stage.write("empty.jsonl", "");
  stage.write("half.jsonl", `${plainLines("h1")}{"id":`);
  const { source } = stage.open();
  await readAll(source);

  assert.deepEqual(source.scan(), []);
  assert.deepEqual(stage.open().source.scan(), []);
});

Deno.test("JsonlSource.read() hands over events and position together", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1", "a2"));

  const totals = await readAll(stage.open().source);

  assert.deepEqual(stage.inbox.ids(), ["a1", "a2"]);
  assert.deepEqual(stage.inbox.calls, [2]);
  assert.equal(stage.checkpoint().position, plainLines("a1", "a2").length);
  assert.deepEqual(totals, {
    files: 1,
    bytes: plainLines("a1", "a2").length,
    events: 2,
    linesMalformed: 0,
    linesUnknown: 0,
  });
});

Deno.test("JsonlSource.read() goes on where it stopped, also in the next process", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  const { source } = stage.open();
  await readAll(source);

  stage.append("a.jsonl", plainLines("a2"));
  const bytes = source.scan().map(({ bytes }) => bytes);
  await readAll(source);
  stage.append("a.jsonl", plainLines("a3"));
  await readAll(stage.open().source);

  assert.deepEqual(bytes, [plainLines("a2").length]);
  assert.deepEqual(stage.inbox.ids(), ["a1", "a2", "a3"]);
});

Deno.test("JsonlSource.read() gives the parser back its session and its state", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1", "a2"));
  await readAll(stage.open().source);

  stage.append("a.jsonl", plainLines("a3"));
  await readAll(stage.open().source);

  const last = stage.inbox.events.at(-1)!;
  assert.equal(last.sessionId, "session-of-a1");
  assert.deepEqual(last.payload, { lines: 3 });
  assert.equal(stage.checkpoint().sessionId, "session-of-a1");
});

Deno.test("JsonlSource.read() leaves a half-written line for later", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", `${plainLines("a1")}{"id":"a`);
  const { source } = stage.open();
  await readAll(source);

  stage.append("a.jsonl", '2"}\n');
  await readAll(source);

  assert.deepEqual(stage.inbox.ids(), ["a1", "a2"]);
  assert.equal(stage.checkpoint().linesMalformed, 0);
});

Deno.test("JsonlSource.read() sums up lines, malformed and unknown, over all reads", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", `${plainLines("a1")}// x\n{"kind":"new"}\n`);
  const first = await readAll(stage.open().source);
  stage.append("a.jsonl", `// y\n${plainLines("a2")}`);

  const second = await readAll(stage.open().source);

  const { lines, linesMalformed, linesUnknown } = stage.checkpoint();
  assert.deepEqual([lines, linesMalformed, linesUnknown], [5, 2, 1]);
  assert.deepEqual([first.linesMalformed, first.linesUnknown], [1, 1]);
  assert.deepEqual([second.linesMalformed, second.linesUnknown], [1, 0]);
});

Deno.test("JsonlSource.read() sums up drift over all reads, and anew for a new file", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", '{"id":"a1","kind":"new"}\n{"id":"a2"}{"id":"a3"}\n\0\0\n');
  await readAll(stage.open().source);
  stage.append("a.jsonl", '{"id":"a4","kind":"new"}\n');
  await readAll(stage.open().source);
  const summed = stage.checkpoint().drift;

  stage.write("a.jsonl", '{"id":"b1","kind":"other-one"}\n');
  await readAll(stage.open().source);

  assert.deepEqual(JSON.parse(summed), { "kind:new": 2, "line:glued": 1, "line:null_bytes": 1 });
  assert.deepEqual(JSON.parse(stage.checkpoint().drift), { "kind:other-one": 1 });
});

Deno.test("JsonlSource.coverage() counts files that are read to their end", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  stage.write("b.jsonl", plainLines("b1"));
  stage.write("empty.jsonl", "");
  const { source } = stage.open();
  const before = source.scan() && source.coverage();

  await source.read(stage.at("a.jsonl"), noTotals(), never);
  await source.flush();
  const between = source.coverage();
  await readAll(source);
  const after = source.coverage();
  stage.append("a.jsonl", plainLines("a2"));
  source.scan();

  assert.deepEqual(before, { filesDone: 0, filesTotal: 3 });
  assert.deepEqual(between, { filesDone: 1, filesTotal: 3 });
  assert.deepEqual(after, { filesDone: 3, filesTotal: 3 });
  assert.deepEqual(source.coverage(), { filesDone: 2, filesTotal: 3 });
});

Deno.test("JsonlSource.unread() counts files of which nothing is read", async () => {
  using stage = makeStage();
  for (const name of ["a", "b", "c"]) stage.write(`${name}.jsonl`, plainLines(name));
  const { source } = stage.open();
  const counts = [source.unread()];
  const look = () => counts.push((source.scan(), source.unread()));
  look();

  await source.read(stage.at("a.jsonl"), noTotals(), never);
  await source.flush();
  stage.append("a.jsonl", plainLines("a2"));
  look();
  Deno.removeSync(stage.at("b.jsonl"));
  look();
  await readAll(source);
  look();

  assert.deepEqual(counts, [0, 3, 2, 1, 0]);
});

Deno.test("JsonlSource.check() looks at these files alone, and at none of another kind", () => {
  using stage = makeStage();
  for (const name of ["a.jsonl", "b.jsonl", "c.txt"]) stage.write(name, plainLines(name));
  const { source } = stage.open();

  const pending = source.check(["a.jsonl", "c.txt", "gone.jsonl"].map(stage.at));

  assert.deepEqual(pending.map(({ path }) => path), [stage.at("a.jsonl")]);
});

Deno.test("JsonlSource.read() does nothing, when nobody looked at the file before", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));

  await stage.open().source.read(stage.at("a.jsonl"), noTotals(), never);

  assert.deepEqual(stage.inbox.calls, []);
});

Deno.test("JsonlSource.read() keeps no path in a position", async () => {
  using stage = makeStage();
  stage.write("my secret project.jsonl", plainLines("a1"));

  await readAll(stage.open().source);

  const text = JSON.stringify(stage.checkpoint());
  assert.ok(!text.includes("secret"));
  for (const part of stage.folder.path.split("/").filter(Boolean)) {
    assert.ok(!text.includes(part), part);
  }
});

Deno.test("JsonlSource.read() keeps files of one name in two folders apart", async () => {
  using stage = makeStage();
  Deno.mkdirSync(stage.at("one"));
  Deno.mkdirSync(stage.at("two"));
  stage.write("one/a.jsonl", plainLines("a1"));
  stage.write("two/a.jsonl", plainLines("a2"));

  await readAll(stage.open().source);

  assert.deepEqual(stage.inbox.ids().sort(), ["a1", "a2"]);
  assert.equal(stage.inbox.checkpoints("plain").size, 2);
});

Deno.test("JsonlSource.read() gives each line once, in any mix of writes and starts", async () => {
  const step = fc.oneof(
    fc.record({ write: fc.constantFrom("\n", "\r\n", '{"x', "") }),
    fc.record({ read: fc.boolean() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      using stage = makeStage();
      let count = 0, rest = "";
      let { source } = stage.open();
      for (const step of [...steps, { read: true }]) {
        if ("read" in step) {
          if (step.read) ({ source } = stage.open());
          await readAll(source);
          continue;
        }
        // A line whose second half comes with the next write, or its newline does.
        const half = step.write.startsWith("{");
        const line = JSON.stringify({ id: `e${count++}` });
        stage.append(
          "a.jsonl",
          rest + line.slice(0, half ? 5 : undefined) + (half ? "" : step.write),
        );
        rest = half ? `${line.slice(5)}\n` : "";
      }
      stage.append("a.jsonl", rest);
      await readAll(source);

      assert.deepEqual(stage.inbox.ids(), Array.from({ length: count }, (_, i) => `e${i}`));
    }),
    fcRuns(40),
  );
});
