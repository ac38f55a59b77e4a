/**
 * The shared corpus of real transcripts, in all ways in which it can reach the disk: the same
 * numbers must come of each. Sources are tried one by one, as sessions of two may share ids.
 */

import { deepEqual } from "node:assert/strict";
import { seededRandom } from "../helpers/events.ts";
import { differences, type Told } from "../helpers/told.ts";
import { filesIn } from "../conformance/rich_folder.ts";
import {
  type Baseline,
  readAgain,
  readAtOnce,
  readCopies,
  readCopiesLater,
  readInOrder,
  readInPieces,
  readInterrupted,
  readOneByOne,
  readRenamed,
} from "../conformance/variations.ts";

const corpus = decodeURIComponent(
  new URL("../../../shared/corpus/claude", import.meta.url).pathname,
);
const SEEDS = [1, 2, 3];

const ways: Readonly<Record<string, (baseline: Baseline, seed: number) => Promise<Told>>> = {
  readCopies,
  readRenamed,
  readCopiesLater,
  readAgain,
  readInOrder,
  readOneByOne,
  readInPieces(baseline, seed) {
    const random = seededRandom(seed);
    const size = () => 1000 + Math.floor(random() * 300_000);
    return readInPieces(baseline, { sizes: Array.from({ length: 20 }, size), readEvery: 7 });
  },
  readInterrupted(baseline, seed) {
    const random = seededRandom(seed);
    return readInterrupted(baseline, Array.from({ length: 9 }, () => Math.floor(random() * 90)));
  },
};

for (const source of sourcesIn(corpus)) {
  for (const [name, read] of Object.entries(ways)) {
    Deno.test(`${name}() changes no number of ${source}`, async () => {
      using baseline = await readAtOnce(filesIn(`${corpus}/${source}`));
      for (const seed of read.length > 1 ? SEEDS : [0]) {
        deepEqual(differences(await read(baseline, seed), baseline.told), [], `seed ${seed}`);
      }
    });
  }
}

function sourcesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => name).sort();
}
