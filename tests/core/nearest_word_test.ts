/** Tests of `core/nearest_word.ts`: what is near enough to be meant. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { nearestWord } from "../../core/nearest_word.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

Deno.test("nearestWord() finds a word with a letter wrong, missing, added or swapped", () => {
  const words = ["metrics", "sessions", "status", "sync"];

  assert.equal(nearestWord("metrcs", words), "metrics");
  assert.equal(nearestWord("sesssions", words), "sessions");
  assert.equal(nearestWord("stauts", words), "status");
  assert.equal(nearestWord("synk", words), "sync");
});

Deno.test("nearestWord() prefers letters that changed places to one that is missing", () => {
  assert.equal(nearestWord("modle", ["mode", "model"]), "model");
  assert.equal(nearestWord("modle", ["mode", "model"], 1), "model");
  assert.equal(nearestWord("8d", ["7d", "1h"], 0), undefined);
});

Deno.test("nearestWord() finds the first that begins so, when none is near", () => {
  assert.equal(nearestWord("cost", ["turns", "cost_usd", "cost_failed_usd"]), "cost_usd");
  assert.equal(nearestWord("co", ["turns", "cost_usd"]), undefined);
});

Deno.test("nearestWord() finds the first that holds it, when none begins so", () => {
  assert.equal(nearestWord("opus", ["claude-haiku-4-5", "claude-opus-4-6"]), "claude-opus-4-6");
  assert.equal(nearestWord("op", ["claude-haiku-4-5", "claude-opus-4-6"]), undefined);
});

Deno.test("nearestWord() finds nothing, when every word is far", () => {
  assert.equal(nearestWord("purge", ["metrics", "sessions"]), undefined);
  assert.equal(nearestWord("purge", []), undefined);
});

Deno.test("nearestWord() finds a word of the list by itself", () => {
  const anyWords = fc.array(fc.string(), { minLength: 1 });
  fc.assert(
    fc.property(anyWords, fc.nat(), (words, at) => {
      const word = words[at % words.length]!;

      assert.equal(nearestWord(word, words), word);
    }),
    fcRuns(),
  );
});
