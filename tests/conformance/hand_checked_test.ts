/**
 * Every number of the catalogue against what was worked out by hand: sessions of seven kinds in
 * `tests/fixtures/hand_checked`, each with its working beside it. They run through the command
 * line in this process, all in one run: so that the totals are those of all of them. Metrics that
 * they cannot tell are checked in `hand_checked_others_test.ts`, and nowhere is one left out.
 */

import { deepEqual, equal } from "node:assert/strict";
import { METRICS, numberAt } from "../../core/metrics.ts";
import { runHere } from "../cli/recorded_io.ts";
import { makeState } from "../helpers/cursor_databases.ts";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { copyFolder, differences } from "../helpers/told.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { TOLD_BY_OTHERS, toldByNone } from "./told_by_others.ts";

type Values = Readonly<Record<string, unknown>>;

const folder = decodeURIComponent(
  new URL("../fixtures/hand_checked", import.meta.url).pathname,
);
const KINDS = [
  "compaction",
  "cursor",
  "fork",
  "old_client",
  "plain",
  "refusals",
  "subagent",
] as const;
/** The evening of the last day: a streak goes on. */
const NOW = Date.UTC(2026, 2, 8, 18);
const LAST_DAYS = ["--since", "2026-03-07", "--until", "2026-03-09"];
/** That of the old client, and those before. */
const MIDDLE_DAYS = ["--since", "2026-03-04", "--until", "2026-03-06"];
/** How exact percentiles are. */
const WITHIN = 0.01;
Deno.test("blueplane tells every number of seven kinds of sessions as by hand", async () => {
  using machine = handMachine();
  await documentOf(machine, ["sync"]);
  const sessions = await documentOf(machine, ["sessions", "-n", "0"]);
  const all = await documentOf(machine, ["metrics", "-p", "all"]);
  // Before all time there is no period: the last two days are held against the two before.
  const { change } = await documentOf(machine, ["metrics", ...LAST_DAYS]);
  const { usage } = await documentOf(machine, ["metrics", ...MIDDLE_DAYS]);
  all.usage.tools.similarity = usage.tools.similarity;
  const metrics = { ...all, change };
  const analyzed = await Promise.all(
    sessions.sessions.map(({ session_id }: Values) =>
      documentOf(machine, ["analyze", session_id as string])
    ),
  );

  const wrong = sessions.sessions.flatMap((session: Values, i: number) => {
    const id = session.session_id as string;
    const told = {
      ...valuesOf(session, "sessions", "sessions[]."),
      ...valuesOf(analyzed[i], "analyze", ""),
    };
    return differences(expectedOf(id), told).map((difference) => `${id}${difference}`);
  });
  const expected = readJson("metrics.json");
  const told = rounded(valuesOf(metrics, "metrics", ""), expected);

  deepEqual([...wrong, ...differences(expected, told)], []);
  equal(sessions.total, Object.keys(EXPECTED).length);
  deepEqual(sessions.coverage, metrics.coverage);
  deepEqual(toldByNone([metrics, sessions, ...analyzed]), Object.keys(TOLD_BY_OTHERS).sort());
});

Deno.test("readJson() reads workings beside all kinds, and no other kind", () => {
  const kinds = [...Deno.readDirSync(folder)].filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => name).sort();

  deepEqual(kinds, KINDS);
  for (const path of ["", ...KINDS.map((kind) => `${kind}/`)]) {
    equal(Deno.statSync(`${folder}/${path}working.md`).isFile, true);
  }
});

/** What each session tells, by its id, where it is not {@linkcode NOTHING}. */
const EXPECTED: Readonly<Record<string, Values>> = Object.assign(
  {},
  ...KINDS.map((kind) => readJson(`${kind}/expected.json`)),
);
/** What a session of Claude Code tells in which nothing of it happened. */
const NOTHING = readJson("nothing.json");

function expectedOf(id: string): Values {
  return { ...NOTHING, ...EXPECTED[id] };
}

/** What stands at each path of the catalogue; a path of several numbers is told as a whole. */
function valuesOf(
  document: unknown,
  where: "metrics" | "sessions" | "analyze",
  root: string,
): Values {
  const paths = METRICS.flatMap(({ foundIn }) => foundIn[where] ?? [])
    .filter((path) => path.startsWith(root))
    .map((path) => path.slice(root.length).replace(/(\.<|\[).*/, ""));
  return Object.fromEntries([...new Set(paths)].map((path) => [path, valueAt(document, path)]));
}

function valueAt(document: unknown, path: string): unknown {
  const found = path.split(".").reduce<unknown>((at, name) => (at as Values)?.[name], document);
  return found ?? null;
}

/** Percentiles as they are expected, where they are as exact as is promised. */
function rounded(told: Values, expected: Values): Values {
  const near = (path: string) => {
    const pairs = Object.entries(expected[path] as Record<string, number>);
    return Object.fromEntries(pairs.map(([part, value]) => {
      const found = numberAt(told[path], part) as number;
      return [part, Math.abs(found - value) <= value * WITHIN && part !== "n" ? value : found];
    }));
  };
  const paths = Object.keys(told).filter((path) => path.startsWith("latency."));
  return { ...told, ...Object.fromEntries(paths.map((path) => [path, near(path)])) };
}

/** A machine that all the sessions were made on. */
function handMachine(): Machine {
  const machine = tempMachine();
  for (const kind of KINDS.filter((one) => one !== "cursor")) {
    copyFolder(`${folder}/${kind}/projects`, `${machine.claude}/projects`);
  }
  const rows = Deno.readTextFileSync(`${folder}/cursor/rows.jsonl`).trimEnd().split("\n");
  makeState(
    `${machine.path}/User/globalStorage/state.vscdb`,
    rows.map((row) => JSON.parse(row)).map(([key, value]) => [key, JSON.stringify(value)]),
  );
  const env = { ...machine.env, BLUEPLANE_CURSOR_USER_DIR: `${machine.path}/User` };
  return { ...machine, env, [Symbol.dispose]: () => machine[Symbol.dispose]() };
}

// deno-lint-ignore no-explicit-any -- a document as its reader sees it
async function documentOf(machine: Machine, args: string[]): Promise<any> {
  const clock = new VirtualClock(NOW);
  const { code, stdout, stderr } = await runHere(machine, [...args, "--json"], { clock });
  equal(code, 0, stderr);
  return JSON.parse(stdout);
}

function readJson(path: string): Record<string, Values> {
  return JSON.parse(Deno.readTextFileSync(`${folder}/${path}`));
}
