/** Tests of `pipeline/derive/fact_table.ts`. */

import assert from "node:assert/strict";
import type { Database } from "../../../core/database.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { FactTable } from "../../../pipeline/derive/fact_table.ts";
import type { InputFact } from "../../../pipeline/derive/input_fact.ts";

const PLAIN = {
  loose: 0,
  untimed: 0,
  characters: null,
  words: null,
  tokens_before: null,
  tokens_after: null,
} as const;

Deno.test("FactTable.flush() writes a new fact and contributes it once", () => {
  using db = openWriter(":memory:");
  const facts = openFacts(db);

  facts.tell(7, { session: 1, at: 5, kind: 0, ...PLAIN }, earliest);
  facts.tell(7, { session: 1, at: 3, kind: 0, ...PLAIN }, earliest);

  assert.deepEqual(flush(facts), ["+3"]);
  assert.deepEqual(read(db), ["7 at 3"]);
});

Deno.test("FactTable.flush() takes the old fact out before it puts the changed one in", () => {
  using db = openWriter(":memory:");
  const facts = openFacts(db);
  facts.tell(7, { session: 1, at: 5, kind: 0, ...PLAIN }, earliest);
  flush(facts);

  facts.tell(7, { session: 1, at: 3, kind: 0, ...PLAIN }, earliest);

  assert.deepEqual(flush(facts), ["-5", "+3"]);
  assert.deepEqual(read(db), ["7 at 3"]);
});

Deno.test("FactTable.flush() contributes nothing, when a fact stays what it was", () => {
  using db = openWriter(":memory:");
  const facts = openFacts(db);
  facts.tell(7, { session: 1, at: 5, kind: 0, ...PLAIN }, earliest);
  flush(facts);

  facts.tell(7, { session: 1, at: 9, kind: 0, ...PLAIN }, earliest);

  assert.deepEqual(flush(facts), []);
});

Deno.test("FactTable.update() changes a fact that is there, told just now or before", () => {
  using db = openWriter(":memory:");
  const facts = openFacts(db);
  facts.tell(7, { session: 1, at: 5, kind: 0, ...PLAIN }, earliest);
  facts.update(7, (fact) => ({ ...fact, at: 4 }));
  flush(facts);

  facts.update(7, (fact) => ({ ...fact, at: fact.at + 10 }));
  facts.update(8, (fact) => fact);

  assert.deepEqual(flush(facts), ["-4", "+14"]);
  assert.deepEqual(read(db), ["7 at 14"]);
});

Deno.test("FactTable.touch() has a fact that is there completed anew, and no other", () => {
  using db = openWriter(":memory:");
  const facts = openFacts(db);
  facts.tell(7, { session: 1, at: 5, kind: 0, ...PLAIN }, earliest);
  flush(facts);

  facts.touch(7);
  facts.touch(8);
  facts.flush(() => {}, (fact) => Object.assign(fact, { at: 9 }));

  assert.deepEqual(read(db), ["7 at 9"]);
});

Deno.test("FactTable.flush() completes a fact before it is compared and written", () => {
  using db = openWriter(":memory:");
  const facts = openFacts(db);
  const seen: number[] = [];
  const later = (fact: InputFact) => ({ ...fact, at: fact.at + 100 });
  facts.tell(7, { session: 1, at: 5, kind: 0, ...PLAIN }, earliest);

  facts.flush(({ at }) => seen.push(at), later);

  assert.deepEqual(seen, [105]);
  assert.deepEqual(read(db), ["7 at 105"]);
});

Deno.test("FactTable.reset() forgets what was told since the last flush", () => {
  using db = openWriter(":memory:");
  const facts = openFacts(db);
  facts.tell(7, { session: 1, at: 5, kind: 0, ...PLAIN }, earliest);

  facts.reset();

  assert.deepEqual(flush(facts), []);
  assert.deepEqual(read(db), []);
});

Deno.test("FactTable.tell() keeps empty columns and keys of 52 bits as they are", () => {
  using db = openWriter(":memory:");
  const calls = new FactTable<{ session: number; at: number; tool: number | null }>(
    withDefaults(db),
    "tool_facts",
    ["session", "at", "tool"],
  );
  const key = 2 ** 52 - 1;

  calls.tell(key, { session: 1, at: 5, tool: null }, (a) => a);
  calls.flush(() => {}, (fact) => fact);
  calls.tell(key, { session: 1, at: 5, tool: 9 }, (a, b) => ({ ...a, tool: a.tool ?? b.tool }));
  const seen: unknown[] = [];
  calls.flush((fact, sign) => seen.push([fact, sign]), (fact) => fact);

  assert.deepEqual(seen, [
    [{ session: 1, at: 5, tool: null }, -1],
    [{ session: 1, at: 5, tool: 9 }, 1],
  ]);
  assert.equal(db.prepare("select key from tool_facts").get()?.key, key);
});

function openFacts(db: Database): FactTable<InputFact> {
  return new FactTable<InputFact>(db, "inputs", ["session", "at", "kind"]);
}

function withDefaults(db: Database): Database {
  db.exec(
    `create table tool_facts (key integer primary key, session integer not null,
       at integer not null, tool integer) strict`,
  );
  return db;
}

function earliest(a: InputFact, b: InputFact): InputFact {
  return a.at <= b.at ? a : b;
}

function flush(facts: FactTable<InputFact>): string[] {
  const contributed: string[] = [];
  facts.flush(({ at }, sign) => contributed.push(`${sign > 0 ? "+" : "-"}${at}`), (fact) => fact);
  return contributed;
}

function read(db: Database): string[] {
  return db.prepare("select key, at from inputs").all().map(({ key, at }) => `${key} at ${at}`);
}
