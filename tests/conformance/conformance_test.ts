/**
 * The 18 cases that tools of this kind count wrong, each in a folder of
 * `tests/fixtures/conformance` with what is true of it in `truth.json`, worked out by hand.
 *
 * They run through the command line in this process and not through the binary: so anyone can run
 * them without compiling, and in two seconds.
 */

import { deepEqual, equal } from "node:assert/strict";
import { askHere, machineWith, syncHere, type Told } from "../helpers/told.ts";

type Counts = Readonly<Record<string, unknown>>;

interface Truth {
  readonly case: string;
  readonly tokens_by_model: Readonly<Record<string, Counts>>;
  readonly arithmetic: readonly string[];
  readonly cost_micros: number;
  readonly sessions: Readonly<Record<string, Counts & { readonly cost_micros: number }>>;
  /** What else is held against the totals. */
  readonly also: Counts;
}

const folder = decodeURIComponent(
  new URL("../fixtures/conformance", import.meta.url).pathname,
);
const cases = [...Deno.readDirSync(folder)].filter(({ isDirectory }) => isDirectory)
  .map(({ name }) => name).sort();

for (const name of cases) {
  Deno.test(`blueplane counts right: ${name}`, async () => {
    const truth = readTruth(name);
    using machine = machineWith(`${folder}/${name}/projects`);

    await syncHere(machine);
    const told = await askHere(machine);

    deepEqual(modelsOf(told.metrics.totals.tokens_by_model!, truth), truth.tokens_by_model);
    equal(microsOf(told.metrics.totals.cost_usd), truth.cost_micros);
    deepEqual(pick(told.metrics.totals, truth.also), truth.also);
    deepEqual(sessionsOf(told, truth), truth.sessions);
    deepEqual(modelsOf(modelsOfSessions(told), truth), truth.tokens_by_model);
  });
}

Deno.test("readTruth() reads 18 cases, whose parts add up to the whole", () => {
  equal(cases.length, 18);
  for (const name of cases) {
    const truth = readTruth(name);
    const sessions = Object.values(truth.sessions);
    equal(truth.case, name);
    equal(truth.arithmetic.at(-1)?.split(" = ").at(-1), String(truth.cost_micros), name);
    equal(sessions.reduce((sum, { cost_micros }) => sum + cost_micros, 0), truth.cost_micros);
  }
});

Deno.test("readTruth() reads no case that its page does not list", () => {
  const page = Deno.readTextFileSync(new URL("../../docs/metrics.md", import.meta.url));
  const [, section = ""] = page.split("## Counted right");

  const listed = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name).slice(0, 18);

  deepEqual(listed.sort(), cases);
});

function readTruth(name: string): Truth {
  return JSON.parse(Deno.readTextFileSync(`${folder}/${name}/truth.json`));
}

/** The counts that a truth speaks of. */
function modelsOf(models: Readonly<Record<string, Counts>>, { tokens_by_model }: Truth) {
  return Object.fromEntries(
    Object.entries(models).map(([model, counts]) => {
      return [model, pick(counts, tokens_by_model[model] ?? counts)];
    }),
  );
}

function modelsOfSessions({ sessions }: Told): Record<string, Record<string, number>> {
  const sums: Record<string, Record<string, number>> = {};
  for (const [model, counts] of sessions.flatMap((s) => Object.entries(s.tokens_by_model!))) {
    const sum = sums[model] ??= {};
    for (const [name, count] of Object.entries(counts)) {
      sum[name] = (sum[name] ?? 0) + Number(count);
    }
  }
  return sums;
}

function sessionsOf({ sessions }: Told, truth: Truth): Record<string, Counts> {
  return Object.fromEntries(sessions.map((session) => {
    const told = { ...session, cost_micros: microsOf(session.cost_usd) };
    return [session.session_id, pick(told, truth.sessions[session.session_id] ?? {})];
  }));
}

function pick(from: object, names: Counts): Counts {
  const values = from as Record<string, unknown>;
  return Object.fromEntries(Object.keys(names).map((name) => [name, values[name]]));
}

function microsOf(usd: number | null): number | null {
  return usd === null ? null : Math.round(usd * 1e6);
}
