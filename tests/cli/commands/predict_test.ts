/** Tests of `blueplane predict`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { NOON } from "../../helpers/events.ts";
import { ONE, tellHome } from "../../helpers/filled_home.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { Story } from "../../helpers/story.ts";
import { runHere } from "../recorded_io.ts";

const stories = Array.from(
  { length: 12 },
  (_, i) =>
    new Story(`session-${i}`, { at: NOON - i * 100_000 }).prompt().times(
      8,
      (story, k) =>
        story.call(k % 2 === 0 ? "Write" : "Edit", {
          file: `${k}`,
          outcome: k % 2 === 0 ? "rejected" : "ok",
        }),
    ),
);

Deno.test("runPredict() foretells by what is told of an edit, and by its session", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home, { recursive: true });
  await tellHome(machine.home, ...stories.flatMap(({ events }) => events));
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runHere(machine, ["predict", ...args]);
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    return stdout;
  };

  const report = JSON.parse(await run("--operation", "create", "--project", ONE, "--json"));
  deepEqual([report.schema, report.target], ["blueplane.prediction/1", "acceptance"]);
  deepEqual(report.factors.map(({ value }: { value: string }) => value), ["Write"]);
  const kept = JSON.parse(await run("--target", "kept", "--session", "last", "--json"));
  deepEqual([kept.target, kept.n], ["kept", 96]);
  match(await run("--tool", "Edit"), /likely to be accepted/);
});

Deno.test("runPredict() says what nobody has seen, and what comes nearest to it", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home, { recursive: true });
  await tellHome(machine.home, ...stories.flatMap(({ events }) => events));
  const noteOf = async (...args: string[]) =>
    (await runHere(machine, ["predict", ...args])).stderr;

  equal(await noteOf("--tool", "Edti"), "note: no tool is called Edti; the nearest is Edit\n");
  equal(
    await noteOf("--tool", "write", "--extension", ".ts"),
    "note: no tool is called write; the nearest is Write\n" +
      "note: no extension is called .ts; the nearest is ts\n",
  );
  equal(
    await noteOf("--extension", "cobol"),
    "note: no extension is called cobol; " +
      "blueplane metrics -p all --group-by extension shows all\n",
  );
  equal(await noteOf("--tool", "Edti", "--json"), "");
  equal(await noteOf("--tool", "Edit", "--extension", "ts"), "");
});

Deno.test("runPredict() says what is missing where nothing is stored", async () => {
  using machine = tempMachine();
  const { code, stdout } = await runHere(machine, ["predict"]);
  deepEqual(code, 0);
  match(stdout, /^Too little to foretell from: 0 edits whose fate is known \(50 are needed\),\s/);
  match(stdout.replaceAll("\n", " "), /, 0 edits that were not accepted \(\d+ are needed\)/);
  deepEqual((await runHere(machine, ["predict", "--session", "none-such"])).code, 3);
});
