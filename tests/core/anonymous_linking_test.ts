/**
 * Tries to find the sessions of one export in another of the same machine, as somebody would who
 * holds both: by ids, values, order, sizes, times, rare words, and by whatever is nearest.
 */

import { deepEqual, ok } from "node:assert/strict";
import { anonymize } from "../../core/anonymous.ts";
import type { ExportCell, ExportColumn, ExportRow } from "../../core/exported.ts";

const K = 5;
const CHOICES = { k: K, monthsApart: false };
const SESSIONS = 200;
const NUMBERS = Array.from({ length: 40 }, (_, i) => `number_${i}`);
const COLUMNS: readonly ExportColumn[] = [
  { name: "session_id", kind: "text", role: "unit" },
  { name: "platform", kind: "text", role: "category" },
  { name: "models", kind: "text", role: "category" },
  { name: "project_id", kind: "text", role: "project" },
  { name: "started_at", kind: "text", role: "time" },
  ...NUMBERS.map((name): ExportColumn => ({ name, kind: "number" })),
];
/** Platform, models, month, project; then the numbers. */
const FIRST_NUMBER = 4;

type Cells = readonly ExportCell[];

/** Sessions of all sizes, a few of rare models, as real ones are: the same for each seed. */
function sessionsOf(seed: number, count = SESSIONS): Cells[] {
  const random = randomOf(seed);
  return Array.from({ length: count }, (_, i) => {
    const size = Math.exp(6 * random());
    return [
      `session-${seed}-${i}`,
      random() < 0.2 ? "cursor" : "claude_code",
      random() < 0.02 ? `rare-${i}` : `model-${Math.floor(3 * random())}`,
      `project-${Math.floor(6 * random())}`,
      new Date(Date.UTC(2026, 0, 1 + Math.floor(90 * random()))).toISOString(),
      ...NUMBERS.map(() => size * (0.5 + random())),
    ];
  });
}

/** Numbers between 0 and 1 (a linear congruential generator; Numerical Recipes, 1992). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (1664525 * state + 1013904223) % 2 ** 32) / 2 ** 32;
}

function exportOf(sessions: readonly Cells[]): Cells[] {
  const rows = sessions.map((cells): ExportRow => ({ cells, document: {} }));
  return [...anonymize({ columns: COLUMNS, rows }, CHOICES).table.rows].map(({ cells }) => cells);
}

const SESSIONS_OF_ONE = sessionsOf(7);
const ONE = exportOf(SESSIONS_OF_ONE), AGAIN = exportOf(SESSIONS_OF_ONE);

function numbersOf(cells: Cells): Cells {
  return cells.slice(FIRST_NUMBER);
}

/** How far two rows are from each other, each number measured by its size. */
function distance(a: Cells, b: Cells): number {
  return numbersOf(a).reduce<number>((sum, value, i) => {
    const other = Number(b[FIRST_NUMBER + i]);
    return sum + Math.abs(Math.log1p(Number(value)) - Math.log1p(other));
  }, 0);
}

Deno.test("anonymize() leaves no id by which two exports could be linked", () => {
  const texts = ONE.flatMap((cells) => cells.filter((cell) => typeof cell === "string"));
  const again = new Set(AGAIN.flat());
  const known = new Set(SESSIONS_OF_ONE.flat());

  const hashes = texts.filter((text) => /^[0-9a-f]{16}$/.test(text));
  ok(hashes.length > 0);
  deepEqual(hashes.filter((hash) => again.has(hash) || known.has(hash)), []);
  ok(texts.every((text) => !text.includes("session-") && !text.includes("project-")));
});

Deno.test("anonymize() leaves no row whose values stand in another export", () => {
  const values = new Set(AGAIN.map((cells) => JSON.stringify(numbersOf(cells))));

  deepEqual(ONE.filter((cells) => values.has(JSON.stringify(numbersOf(cells)))), []);
});

Deno.test("anonymize() leaves no rare word or time that stands for fewer than k rows", () => {
  for (const place of [0, 1, 2, 3]) {
    const counts = Map.groupBy(ONE, (cells) => cells[place] ?? null);
    ok(counts.values().every(({ length }) => length >= K), `column ${place}`);
  }
  ok(!JSON.stringify([ONE, AGAIN]).includes("rare-"));
  ok(ONE.every((cells) => cells[2] === null || /^\d{4}-\d\d$/.test(String(cells[2]))));
});

Deno.test("anonymize() leaves no order in which groups stand", () => {
  const near = ONE.filter((cells, i) => i > 0 && distance(cells, ONE[i - 1]!) === 0).length;
  // Rows of one group stand together by chance alone.
  ok(near < ONE.length / 5, `${near} rows are next to one of their own group`);
});

Deno.test("anonymize() leaves no sizes of groups that two exports share", () => {
  // So many that chance never draws the same: of 200, three exports in a hundred share theirs.
  const sessions = sessionsOf(7, 10 * SESSIONS);
  const [sizes, again] = [exportOf(sessions), exportOf(sessions)].map((rows) =>
    [...Map.groupBy(rows, (cells) => JSON.stringify(cells)).values()].map(({ length }) => length)
      .sort((a, b) => a - b).join(" ")
  );
  ok(sizes !== again);
});

// Goal: a session is found again in no more than one of k guesses.
// Method: whoever holds two exports takes for each row of the first the rows of the second that
// are nearest; and somebody who knows the true numbers does so from these. All rows that are
// nearest are the same, so that one of them is guessed.
Deno.test("anonymize() lets nobody guess a session from what is nearest", () => {
  const trueRows = SESSIONS_OF_ONE.map((cells) => cells.slice(1));
  const chances = (from: readonly Cells[], to: readonly Cells[]) =>
    from.map((cells) => {
      const distances = to.map((other) => distance(cells, other));
      const least = Math.min(...distances);
      return 1 / distances.filter((one) => one === least).length;
    });

  for (const from of [ONE, trueRows]) {
    ok(chances(from, AGAIN).every((chance) => chance <= 1 / K));
  }
});
