/** Tests of `capture/json_lines.ts`: each object comes once, whatever the file looks like. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { readJsonLines, splitGlued } from "../../capture/json_lines.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { tempFolder } from "../core/temp_folder.ts";

type Json = Record<string, unknown>;

const anyObject = fc.dictionary(
  fc.string({ unit: "grapheme" }).filter((name) => name !== "__proto__"),
  fc.jsonValue({ maxDepth: 3, stringUnit: "grapheme" }).map((value) =>
    JSON.parse(JSON.stringify(value))
  ),
  { maxKeys: 4, noNullPrototype: true },
) as fc.Arbitrary<Json>;

Deno.test("readJsonLines() gives the objects in their order, and where it stopped", () => {
  const read = readText('{"a":1}\n{"b":2}\n');

  assert.deepEqual(read, {
    objects: [{ a: 1 }, { b: 2 }],
    lines: 2,
    malformed: 0,
    position: 16,
  });
});

Deno.test("readJsonLines() begins at the position, and gives nothing at the end", () => {
  const text = '{"a":1}\n{"b":2}\n';

  assert.deepEqual(readText(text, 8).objects, [{ b: 2 }]);
  assert.deepEqual(readText(text, 16), { objects: [], lines: 0, malformed: 0, position: 16 });
  assert.deepEqual(readText(""), { objects: [], lines: 0, malformed: 0, position: 0 });
});

Deno.test("readJsonLines() counts no blank lines", () => {
  const { objects, lines, malformed, position } = readText('\n\r\n  \n{"a":1}\r\n\n');

  assert.deepEqual([objects, lines, malformed, position], [[{ a: 1 }], 1, 0, 16]);
});

Deno.test("readJsonLines() passes over a byte order mark", () => {
  assert.deepEqual(readText('\ufeff{"a":1}\n{"b":2}\n').objects, [{ a: 1 }, { b: 2 }]);
});

Deno.test("readJsonLines() takes a last line without newline, when it is whole", () => {
  const { objects, position } = readText('{"a":1}\n{"b":2}');

  assert.deepEqual(objects, [{ a: 1 }, { b: 2 }]);
  assert.equal(position, 15);
});

Deno.test("readJsonLines() leaves a last line for later, when it is half written", () => {
  for (const half of ["{", '{"b":', '{"b":{"c":2}', '{"b":"}', '{"b":2', '{"a":1}{"b":{"c":2}']) {
    assert.deepEqual(
      readText(`{"a":1}\n${half}`),
      { objects: [{ a: 1 }], lines: 1, malformed: 0, position: 8 },
      half,
    );
  }
});

Deno.test("readJsonLines() goes on behind a last line without newline, when more came", () => {
  assert.deepEqual(readText('{"a":1}\n{"b":2}', 7).objects, [{ b: 2 }]);
  assert.deepEqual(readText('{"a":1}{"b":2}\n', 7).objects, [{ b: 2 }]);
});

Deno.test("readJsonLines() takes both of two glued objects", () => {
  const { objects, malformed } = readText('{"a":"}{"}{"b":[{}]} {"c":3}\n');

  assert.deepEqual(objects, [{ a: "}{" }, { b: [{}] }, { c: 3 }]);
  assert.equal(malformed, 0);
});

Deno.test("readJsonLines() takes glued objects, when no newline ends the file", () => {
  const { objects, position } = readText('{"a":1}{"b":2}');

  assert.deepEqual(objects, [{ a: 1 }, { b: 2 }]);
  assert.equal(position, 14);
});

Deno.test("readJsonLines() takes a last line, when white space but no newline follows it", () => {
  assert.deepEqual(readText('{"a":1}\n{"b":2}\r').objects, [{ a: 1 }, { b: 2 }]);
  assert.deepEqual(readText('{"a":1}\n{"b":2}  ').objects, [{ a: 1 }, { b: 2 }]);
});

Deno.test("readJsonLines() counts what is no JSON as malformed, and reads on", () => {
  for (const bad of ["// comment", "{'a':1}", '{"a":1', "\0\0\0\0", "<<<<<<< HEAD", "}{", '"']) {
    assert.deepEqual(
      readText(`{"a":1}\n${bad}\n{"b":2}\n`).objects,
      [{ a: 1 }, { b: 2 }],
      bad,
    );
    assert.equal(readText(`${bad}\n`).malformed, 1, bad);
    assert.equal(readText(`${bad}\n`).lines, 1, bad);
  }
});

Deno.test("readJsonLines() counts JSON that is no object as malformed", () => {
  for (const bad of ["1", "null", "true", '"text"', "[]", '[{"a":1}]']) {
    assert.deepEqual(
      readText(`${bad}\n{"b":2}\n`),
      { objects: [{ b: 2 }], lines: 2, malformed: 1, position: bad.length + 9 },
      bad,
    );
  }
});

Deno.test("readJsonLines() counts a line once, when several of its parts are no objects", () => {
  assert.equal(readText("[1][2]\n").malformed, 1);
  assert.equal(readText('{"a":1}[2]\n').malformed, 0);
});

Deno.test("readJsonLines() tells glued lines and lines of zeros apart from others", () => {
  const odd = (text: string) => {
    using folder = tempFolder();
    Deno.writeTextFileSync(folder.at("a.jsonl"), text);
    const chunks = [...readJsonLines(folder.at("a.jsonl"), 0)];
    return (["glued", "nullBytes", "malformed"] as const)
      .map((name) => chunks.reduce((sum, chunk) => sum + chunk[name], 0));
  };

  assert.deepEqual(odd('{"a":1}{"b":2}\n{"c":3}\n{"d":4}{"e":5}'), [2, 0, 0]);
  assert.deepEqual(odd('\0\0\0\n{"c":3}\n// x\n'), [0, 1, 2]);
  assert.deepEqual(odd('\0\0{"c":3}\n'), [0, 1, 1]);
  assert.deepEqual(odd("[1][2]\n"), [0, 0, 1]);
});

Deno.test("readJsonLines() replaces what is no UTF-8, and keeps the line", () => {
  const bytes = new Uint8Array([...new TextEncoder().encode('{"a":"'), 0xff, 0xc3, 34, 125, 10]);

  assert.deepEqual(readBytes(bytes).objects, [{ a: "\ufffd\ufffd" }]);
});

Deno.test("readJsonLines() throws NotFound, when there is no file", () => {
  using folder = tempFolder();

  assert.throws(() => [...readJsonLines(folder.at("none.jsonl"), 0)], Deno.errors.NotFound);
});

Deno.test("readJsonLines() closes the file, when its reader stops in the middle", () => {
  using folder = tempFolder();
  const path = folder.at("a.jsonl");
  Deno.writeTextFileSync(path, `{"a":"${"x".repeat(2_000_000)}"}\n{"b":2}\n`);

  // An open file would fail the test as a leak.
  for (const _ of readJsonLines(path, 0)) break;
});

Deno.test("readJsonLines() gives each object once, however the file is written and read", () => {
  using folder = tempFolder();
  const path = folder.at("a.jsonl");
  const piece = fc.record({
    object: anyObject,
    lead: fc.constantFrom("", "", "", " ", "\ufeff"),
    end: fc.constantFrom("\n", "\n", "\r\n", "\n\n", " \n \r\n", "", " "),
  });
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 8 }),
      fc.array(fc.nat(), { maxLength: 6 }),
      (pieces, cuts) => {
        // Nothing but white space stands between glued objects.
        const text = pieces.map(({ object, lead, end }, i) => {
          const glued = i > 0 && !pieces[i - 1]!.end.includes("\n");
          return (glued ? lead.replace("\ufeff", "") : lead) + JSON.stringify(object) + end;
        }).join("");

        const read = readWhileWriting(path, new TextEncoder().encode(text), cuts);

        assert.deepEqual(read.objects, pieces.map(({ object }) => object));
        assert.equal(read.malformed, 0);
      },
    ),
    fcRuns(),
  );
});

Deno.test("readJsonLines() loses no object to lines that are none, in any split", () => {
  using folder = tempFolder();
  const path = folder.at("a.jsonl");
  const bad = fc.oneof(
    fc.constantFrom("\0\0", "// x", "[]", "1", '{"a"', "}", '"{"'),
    fc.string({ unit: "binary-ascii" }).map((text) => `!${text.replaceAll("\n", "")}`),
  );
  const line = fc.oneof(anyObject.map((object) => ({ object })), bad.map((bad) => ({ bad })));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 6 }), (
      lines,
      cuts,
    ) => {
      const text = lines.map((line) => "bad" in line ? line.bad : JSON.stringify(line.object))
        .map((line) => `${line}\n`).join("");

      const read = readWhileWriting(path, new TextEncoder().encode(text), cuts);

      const objects = lines.flatMap((line) => "object" in line ? [line.object] : []);
      assert.deepEqual(read.objects, objects);
      assert.equal(read.malformed, lines.length - objects.length);
      assert.equal(read.lines, lines.length);
      assert.equal(read.position, new TextEncoder().encode(text).length);
    }),
    fcRuns(),
  );
});

Deno.test("readJsonLines() joins lines that lie in several chunks", () => {
  const objects = [300, 1_048_566, 1_048_576, 3_000_000, 5, 2_500_000].map((size, i) => ({
    i,
    text: "ä".repeat(size / 2),
  }));

  const read = readText(objects.map((object) => `${JSON.stringify(object)}\n`).join(""));

  assert.ok(read.objects.every((object, i) => object.text === objects[i]!.text));
  assert.deepEqual(read.objects.map(({ i }) => i), [0, 1, 2, 3, 4, 5]);
  assert.equal(read.malformed, 0);
});

Deno.test("readJsonLines() counts a line as malformed, when it is large even if shrunk", () => {
  using folder = tempFolder();
  const path = folder.at("a.jsonl");
  writeRepeated(path, { head: '{"a":[1', middle: ",1", tail: ']}\n{"b":2}\n', sizeMb: 40 });

  const read = readAll(path, 0);

  assert.deepEqual(read.objects, [{ b: 2 }]);
  assert.deepEqual([read.lines, read.malformed], [2, 1]);
  assert.equal([...readJsonLines(path, 0)].reduce((sum, { tooLong }) => sum + tooLong, 0), 1);
  assert.equal(read.position, Deno.statSync(path).size);
});

Deno.test("readJsonLines() reads a line of 100 MB in bounded memory", async () => {
  using folder = tempFolder();
  const path = folder.at("a.jsonl");
  const tail = '","n":[1,{"b":true}]},"id":"last"}\n{"id":"next"}\n';
  writeRepeated(path, {
    head: '{"id":"first","message":{"text":"',
    middle: "all work ",
    tail,
    sizeMb: 100,
  });

  const { objects, growthMb } = await readElsewhere(folder.at("read.ts"), path);

  assert.deepEqual(objects.map(({ id }) => id), ["last", "next"]);
  assert.deepEqual(objects[0]!.message, { text: objects[0]!.message.text, n: [1, { b: true }] });
  assert.match(objects[0]!.message.text, /^(all work )+/);
  assert.ok(growthMb < 150, `grew by ${growthMb} MB`);
});

Deno.test("splitGlued() gives nothing, when a part is no JSON or is not closed", () => {
  for (const text of ['{"a":1}{', '{"a":1}x', 'x{"a":1}', '{"a":1}}', "", '{"a":"\\"}', "{]}"]) {
    assert.deepEqual(splitGlued(text), [], text);
  }
});

Deno.test("splitGlued() gives back the objects that were joined", () => {
  const gap = fc.constantFrom("", " ", "\t");
  fc.assert(
    fc.property(fc.array(fc.tuple(anyObject, gap)), (parts) => {
      const text = parts.map(([object, space]) => JSON.stringify(object) + space).join("");

      assert.deepEqual(splitGlued(text), parts.map(([object]) => object));
    }),
    fcRuns(),
  );
});

Deno.test("splitGlued() throws for no text", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.string({ unit: fc.constantFrom("{", "}", "[", "]", '"', "\\", ":", "1") }),
      ),
      (text) => {
        for (const part of splitGlued(text)) assert.notEqual(part, undefined);
      },
    ),
    fcRuns(),
  );
});

interface Read {
  readonly objects: Json[];
  lines: number;
  malformed: number;
  position: number;
}

function readText(text: string, position = 0): Read {
  return readBytes(new TextEncoder().encode(text), position);
}

function readBytes(bytes: Uint8Array, position = 0): Read {
  using folder = tempFolder();
  Deno.writeFileSync(folder.at("a.jsonl"), bytes);
  return readAll(folder.at("a.jsonl"), position);
}

function readAll(path: string, position: number): Read {
  const read: Read = { objects: [], lines: 0, malformed: 0, position };
  for (const chunk of readJsonLines(path, position)) {
    read.objects.push(...chunk.objects);
    read.lines += chunk.lines;
    read.malformed += chunk.malformed;
    read.position = chunk.position;
  }
  return read;
}

/** Writes the bytes up to each cut, reading on after every write. */
function readWhileWriting(path: string, bytes: Uint8Array, cuts: readonly number[]): Read {
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
  const read: Read = { objects: [], lines: 0, malformed: 0, position: 0 };
  for (const end of ends.sort((a, b) => a - b)) {
    Deno.writeFileSync(path, bytes.subarray(0, end));
    const more = readAll(path, read.position);
    assert.ok(more.position >= read.position && more.position <= end);
    read.objects.push(...more.objects);
    read.lines += more.lines;
    read.malformed += more.malformed;
    read.position = more.position;
  }
  return read;
}

interface Repeated {
  readonly head: string;
  readonly middle: string;
  readonly tail: string;
  readonly sizeMb: number;
}

function writeRepeated(path: string, { head, middle, tail, sizeMb }: Repeated): void {
  const encoder = new TextEncoder();
  const block = encoder.encode(middle.repeat(Math.ceil(1_000_000 / middle.length)));
  using file = Deno.openSync(path, { write: true, create: true });
  file.writeSync(encoder.encode(head));
  for (let i = 0; i < sizeMb; i++) file.writeSync(block);
  file.writeSync(encoder.encode(tail));
}

/** Reads in a process of its own, whose memory no other test uses. */
async function readElsewhere(script: string, path: string) {
  const source = import.meta.resolve("../../capture/json_lines.ts");
  Deno.writeTextFileSync(
    script,
    `import { readJsonLines } from "${source}";
    const before = Deno.memoryUsage().rss;
    let most = before;
    const objects = [];
    for (const chunk of readJsonLines(Deno.args[0], 0)) {
      objects.push(...chunk.objects);
      most = Math.max(most, Deno.memoryUsage().rss);
    }
    console.log(JSON.stringify({ objects, growthMb: (most - before) / 1e6 }));`,
  );
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script, path],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout)) as {
    // deno-lint-ignore no-explicit-any
    objects: any[];
    growthMb: number;
  };
}
