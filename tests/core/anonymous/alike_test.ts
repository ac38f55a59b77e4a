/** Tests of which rows stand together: each of enough units, and no more alike than must be. */

import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { Combinations } from "../../../core/anonymous/alike.ts";

const K = 3;

const row = fc.record({
  unit: fc.integer({ min: 0, max: 12 }).map((n) => `session-${n}`),
  categories: fc.tuple(fc.constantFrom("a", "b", null), fc.constantFrom("x", "y", "z", null)),
  known: fc.constantFrom("11", "10", "00"),
});

Deno.test("parts() have each combination once, and k units or more each", () => {
  fc.assert(fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
    const combinations = new Combinations(K);
    const units = new Map<number, Set<string>>();
    for (const one of rows) {
      const id = combinations.add(one, one.unit);
      units.set(id, (units.get(id) ?? new Set()).add(one.unit));
    }

    const parts = combinations.parts();

    for (const part of parts) {
      ok(new Set(part.flatMap((id) => [...units.get(id)!])).size >= K);
    }
    const all = new Set(rows.map(({ unit }) => unit)).size;
    const ids = parts.flat().sort((a, b) => a - b);
    deepEqual(ids, all < K ? [] : [...units.keys()].sort((a, b) => a - b));
  }));
});

Deno.test("parts() keep apart what enough units have, the more important word first", () => {
  const combinations = new Combinations(2);
  const add = (words: readonly string[], ...units: string[]) =>
    units.map((unit) => combinations.add({ categories: words, known: "" }, unit))[0]!;
  const common = add(["a", "x"], "1", "2"), other = add(["a", "y"], "3", "4");
  const few = add(["b", "x"], "5"), fewer = add(["c", "x"], "6");

  const parts = combinations.parts().map((part) => part.sort((a, b) => a - b));

  deepEqual(parts.sort((a, b) => a[0]! - b[0]!), [[common], [other], [few, fewer]]);
});

Deno.test("partsApart() merge no first word that enough units have with another one", () => {
  fc.assert(fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
    const combinations = new Combinations(K);
    const wordsOf = new Map<number, string | null>(),
      units = new Map<string | null, Set<string>>();
    for (const one of rows) {
      const [word] = one.categories;
      wordsOf.set(combinations.add(one, one.unit), word);
      units.set(word, (units.get(word) ?? new Set()).add(one.unit));
    }
    const isLarge = (word: string | null) => units.get(word)!.size >= K;

    const parts = combinations.partsApart();

    const ids = parts.flat();
    equal(new Set(ids).size, ids.length);
    for (const part of parts) {
      const words = new Set(part.map((id) => wordsOf.get(id)!));
      ok(words.size === 1 || ![...words].some(isLarge));
      ok(rows.length >= K);
    }
    const few = [...wordsOf].filter(([, word]) => !isLarge(word));
    const fewUnits = new Set(few.flatMap(([, word]) => [...units.get(word)!])).size;
    const leftOut = fewUnits < K ? few.length : 0;
    equal(ids.length, wordsOf.size - leftOut);
  }));
});

Deno.test("add() keeps no more units of a combination than change anything", () => {
  const combinations = new Combinations(K);
  for (let unit = 0; unit < 10_000; unit++) {
    equal(combinations.add({ categories: ["a"], known: "1" }, `session-${unit}`), 0);
  }

  ok(Deno.inspect(combinations, { depth: 9, iterableLimit: 1e6 }).length < 1000);
});
