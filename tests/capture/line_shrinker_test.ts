/** Tests of `capture/line_shrinker.ts`: a shrunk line has lost text and nothing else. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { LineShrinker } from "../../capture/line_shrinker.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

const SIZE_MAX = 10_000_000;
const TEXT_MAX = 4096;

/** Texts with all that JSON escapes, some of them far too long. */
const anyText = fc.tuple(
  fc.string({ unit: fc.constantFrom("a", '"', "\\", "\n", "\u0001", "ä", "🐤", "/", "u") }),
  fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.integer({ min: 400, max: 3000 })),
).map(([text, times]) => text.repeat(times));

const anyName = fc.string({ unit: "grapheme", maxLength: 20 })
  .filter((name) => name !== "__proto__");

const { json: anyJson } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    anyText,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(anyName, tie("json"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

Deno.test("LineShrinker.finish() keeps the structure, the numbers and short texts", () => {
  fc.assert(
    fc.property(anyJson, fc.boolean(), fc.array(fc.nat()), (json, escapes, cuts) => {
      const plain = JSON.stringify(json);
      const text = escapes ? escapeAll(plain) : plain;

      const shrunk = shrink(new TextEncoder().encode(text), cuts);

      assertShrunk(JSON.parse(plain), JSON.parse(new TextDecoder().decode(shrunk)));
    }),
    fcRuns(),
  );
});

Deno.test("LineShrinker.finish() gives the same, whatever the pieces", () => {
  fc.assert(
    fc.property(anyJson, fc.array(fc.nat()), fc.array(fc.nat()), (json, some, others) => {
      const bytes = new TextEncoder().encode(JSON.stringify(json));

      assert.deepEqual(shrink(bytes, some), shrink(bytes, others));
    }),
    fcRuns(),
  );
});

Deno.test("LineShrinker.finish() gives the very line, when none of its texts is long", () => {
  const line = ' {"id" : "a\\"b", "n":[1, 2.50e3, null], "t":"\\u00e4\\\\", "s":"" }\r';

  assert.equal(new TextDecoder().decode(shrink(new TextEncoder().encode(line))), line);
});

Deno.test("LineShrinker.finish() keeps how a long text begins", () => {
  const line = JSON.stringify({ id: 7, text: "x".repeat(100_000), end: true });

  const shrunk = JSON.parse(new TextDecoder().decode(shrink(new TextEncoder().encode(line))));

  assert.deepEqual(shrunk, { id: 7, text: "x".repeat(TEXT_MAX), end: true });
});

Deno.test("LineShrinker.finish() never cuts inside an escape", () => {
  for (const escape of ["\\n", '\\"', "\\\\", "\\u00e4", "\\ud83d\\udc24", "\\u0022"]) {
    for (let lead = 0; lead < 14; lead++) {
      const text = "a".repeat(TEXT_MAX - lead) + escape.repeat(20) + "end";
      const line = `{"text":"${text}","n":1}`;

      const shrunk = JSON.parse(new TextDecoder().decode(shrink(new TextEncoder().encode(line))));

      assert.equal(shrunk.n, 1);
      assert.ok(JSON.parse(`"${text}"`).startsWith(shrunk.text));
    }
  }
});

Deno.test("LineShrinker.finish() gives nothing, when the line is large without texts", () => {
  const shrinker = new LineShrinker(1000);
  for (let i = 0; i < 100; i++) shrinker.push(new TextEncoder().encode("[1,2,3,4,5,6,7],"));

  assert.equal(shrinker.finish().length, 0);
});

Deno.test("LineShrinker.finish() gives nothing, when nothing was pushed", () => {
  assert.equal(new LineShrinker(SIZE_MAX).finish().length, 0);
});

function shrink(bytes: Uint8Array, cuts: readonly number[] = []): Uint8Array {
  const shrinker = new LineShrinker(SIZE_MAX);
  let start = 0;
  for (const end of cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b)) {
    shrinker.push(bytes.subarray(start, end));
    start = end;
  }
  shrinker.push(bytes.subarray(start));
  return shrinker.finish();
}

/** The same JSON with every character of its texts, that is no ASCII, as `\uXXXX`. */
function escapeAll(json: string): string {
  return json.replaceAll(
    /[^\0-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function assertShrunk(whole: unknown, shrunk: unknown): void {
  if (typeof whole === "string") return assertText(whole, shrunk);
  if (typeof whole !== "object" || whole === null) return assert.equal(shrunk, whole);
  assert.ok(typeof shrunk === "object" && shrunk !== null);
  assert.equal(Array.isArray(shrunk), Array.isArray(whole));
  assert.deepEqual(Object.keys(shrunk), Object.keys(whole));
  for (const [name, value] of Object.entries(whole)) {
    assertShrunk(value, (shrunk as Record<string, unknown>)[name]);
  }
}

function assertText(whole: string, shrunk: unknown): void {
  assert.ok(typeof shrunk === "string");
  // A character of several bytes may be cut through, and is then one that stands for none.
  const kept = shrunk.replace(/\ufffd$/, "");
  assert.ok(whole.startsWith(kept) || whole.startsWith(shrunk));
  if (new TextEncoder().encode(whole).length <= TEXT_MAX) assert.equal(shrunk, whole);
  else assert.ok(kept.length >= TEXT_MAX / 4);
}
