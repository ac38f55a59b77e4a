/** Tests of `blueplane predict`. */

import { deepEqual, match } from "node:assert/strict";
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

Deno.test("runPredict() says what is missing where nothing is stored", async () => {
  using machine = tempMachine();
  const { code, stdout } = await runHere(machine, ["predict"]);
  deepEqual(code, 0);
  match(stdout, /^Too little to foretell from: 0 edits whose fate is known \(50 are needed\), /);
  match(stdout, /, 0 edits that were not accepted \(\d+ are needed\)/);
  deepEqual((await runHere(machine, ["predict", "--session", "none-such"])).code, 3);
});
