/**
 * Goal: however transcripts reach the disk, the same numbers come of them. Method: folders in
 * which everything occurs are read at once; then the same bytes come under other names, in pieces,
 * in any order, more than once, or to a reader that is interrupted, and all of `sessions --json`
 * and `metrics --json` must be as before.
 */

import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { fcRuns } from "../helpers/fc_runs.ts";
import { differences, type Told } from "../helpers/told.ts";
import { richFolder, RUNS } from "./rich_folder.ts";
import {
  type Baseline,
  readAgain,
  readAtOnce,
  readByteByByte,
  readCopies,
  readCopiesLater,
  readInOrder,
  readInPieces,
  readInterrupted,
  readOneByOne,
  readRenamed,
} from "./variations.ts";

const run = fc.constantFrom(...RUNS);

Deno.test("readCopies() changes no number", () => holdAll(readCopies));

Deno.test("readCopiesLater() changes no number", () => holdAll(readCopiesLater));

Deno.test("readRenamed() changes no number", () => holdAll(readRenamed));

Deno.test("readAgain() changes no number", () => holdAll(readAgain));

Deno.test("readInOrder() changes no number, whatever the order", () =>
  holdAny(fc.integer(), readInOrder));

Deno.test("readOneByOne() changes no number, whatever the order", () =>
  holdAny(fc.integer(), readOneByOne));

Deno.test("readInPieces() changes no number, whatever the pieces", () => {
  const pieces = fc.record({
    sizes: fc.array(fc.integer({ min: 2000, max: 60_000 }), { minLength: 1, maxLength: 30 }),
    readEvery: fc.integer({ min: 1, max: 8 }),
  });
  return holdAny(pieces, readInPieces, 6);
});

Deno.test("readInterrupted() changes no number, whenever that is", () => {
  const moments = fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 6 });
  return holdAny(moments, readInterrupted);
});

Deno.test("readByteByByte() changes no number", async () => {
  const files = richFolder("2.1.330/sigkill");
  for (const session of ["noise", "fork", "crlf"].map(sessionOf).concat("51000000")) {
    using baseline = await readAtOnce(files.filter(({ path }) => path.includes(session)));

    deepEqual(differences(await readByteByByte(baseline), baseline.told), [], session);
  }
});

/** Holds a variation against each of the folders. */
async function holdAll(read: (baseline: Baseline) => Promise<Told>): Promise<void> {
  for (const run of RUNS) {
    using baseline = await readAtOnce(richFolder(run));
    deepEqual(differences(await read(baseline), baseline.told), [], run);
  }
}

/** Holds a variation against folders and ways that chance draws. */
async function holdAny<T>(
  ways: fc.Arbitrary<T>,
  read: (baseline: Baseline, way: T) => Promise<Told>,
  runs = 10,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(run, ways, async (run, way) => {
      using baseline = await readAtOnce(richFolder(run));
      deepEqual(differences(await read(baseline, way), baseline.told), []);
    }),
    fcRuns(runs),
  );
}

/** The first part of the session's id in a conformance case. */
function sessionOf(name: string): string {
  const file = new URL(`../fixtures/conformance/${name}/truth.json`, import.meta.url);
  const [session] = Object.keys(JSON.parse(Deno.readTextFileSync(file)).sessions);
  return session!.slice(0, 8);
}
