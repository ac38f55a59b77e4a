/**
 * What the real client left, recorded in four versions against a made-up API: a small set that is
 * part of the tests, and all of the shared folder where that is there. Every run is read into a
 * home of its own, because their ids repeat.
 */

import { deepEqual, ok } from "node:assert/strict";
import { holdRun, NOT_VISIBLE, sourcesIn } from "./run_truth.ts";

const fixtures = pathOf("../fixtures/realclient");
const shared = pathOf("../../../shared/realclient/samples");

for (const [set, folder] of [["recorded", fixtures], ["shared", shared]] as const) {
  for (const run of runsIn(folder)) {
    const has = sourcesIn(`${folder}/${run}`);
    for (const hooks of [false, true]) {
      for (const exports of has.exports.length > 0 ? [[], has.exports] : [[]]) {
        if (hooks && !has.hooks) continue;
        const told = ["transcripts", ...(hooks ? ["hooks"] : []), ...exports];
        Deno.test(`holdRun() finds every count of the ${set} run ${run} by ${told}`, async () => {
          await holdRun(`${folder}/${run}`, { hooks, exports });
        });
      }
    }
  }
}

Deno.test("runsIn() finds four versions of the client, and what people do with it", () => {
  const runs = runsIn(fixtures).map((run) => run.split("/"));
  const names = (part: number) => [...new Set(runs.map((run) => run[part]))].sort();

  deepEqual(names(0), ["1.0.128", "2.0.77", "2.1.112", "2.1.330"]);
  for (const scenario of ["basic", "denied", "interactive", "resume", "sigkill", "subagent"]) {
    ok(names(1).includes(scenario), scenario);
  }
});

Deno.test("holdRun() passes over nothing that its page does not name", () => {
  const page = Deno.readTextFileSync(pathOf("../../docs/metrics.md"));
  const [, section = ""] = page.split("## What cannot be seen");

  for (const { count, versions } of NOT_VISIBLE) {
    const row = section.split("\n").find((line) => line.startsWith(`| \`${count}\` `));
    ok(row, count);
    for (const version of versions) ok(row.includes(version), `${count} of ${version}`);
  }
});

/** Runs below a folder as `version/scenario`; none where there is no such folder. */
function runsIn(folder: string): string[] {
  return foldersIn(folder).flatMap((version) =>
    foldersIn(`${folder}/${version}`).map((scenario) => `${version}/${scenario}`)
  );
}

function foldersIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].filter(({ isDirectory }) => isDirectory)
      .map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function pathOf(relative: string): string {
  return decodeURIComponent(new URL(relative, import.meta.url).pathname);
}
