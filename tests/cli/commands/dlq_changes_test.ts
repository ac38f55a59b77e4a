/** Tests of `blueplane dlq replay` and `drop`, without a server; with one in tests/e2e. */

import { deepEqual, equal, match } from "node:assert/strict";
import { takeWriterLock } from "../../../core/writer_lock.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { bury } from "../bury.ts";
import { runHere } from "../recorded_io.ts";

async function ids(machine: Machine): Promise<number[]> {
  const { stdout } = await runHere(machine, ["dlq", "list", "--json"]);
  return JSON.parse(stdout).letters.map(({ id }: { id: number }) => id).sort();
}

async function prompts(machine: Machine): Promise<number> {
  const { stdout } = await runHere(machine, ["metrics", "-p", "all", "--no-sync", "--json"]);
  return JSON.parse(stdout).totals.user_prompts;
}

Deno.test("runDlqReplay() stores and counts what it can, and leaves the rest", async () => {
  using machine = tempMachine();
  bury(machine);

  const { code, stdout, stderr } = await runHere(machine, ["dlq", "replay", "--all"]);

  deepEqual({ code, stderr }, { code: 1, stderr: "" });
  deepEqual(stdout.trimEnd().split("\n"), [
    "1 letter stored now",
    "1 letter (2) came back; blueplane dlq list says why",
    "1 letter (3) cannot be replayed: the entry was no event and is not kept; " +
    "blueplane dlq drop removes it",
  ]);
  deepEqual(await ids(machine), [2, 3]);
  equal(await prompts(machine), 1);
});

Deno.test("runDlqReplay() exits with 0, when all that were named are stored", async () => {
  using machine = tempMachine();
  bury(machine);

  const { code, stdout } = await runHere(machine, ["dlq", "replay", "1", "--json"]);

  equal(code, 0);
  deepEqual(JSON.parse(stdout), {
    schema: "blueplane.dlq/1",
    stored: 1,
    came_back: [],
    not_kept: [],
  });
  deepEqual(await ids(machine), [2, 3]);
});

Deno.test("runDlqDrop() removes those that are named, or all", async () => {
  using machine = tempMachine();
  bury(machine);

  const some = await runHere(machine, ["dlq", "drop", "1", "3"]);
  const left = await ids(machine);
  const rest = await runHere(machine, ["dlq", "drop", "--all", "--json"]);
  const none = await runHere(machine, ["dlq", "drop", "--all"]);

  deepEqual([some.code, some.stdout, left], [0, "2 letters dropped\n", [2]]);
  deepEqual(JSON.parse(rest.stdout), { schema: "blueplane.dlq/1", dropped: 1 });
  deepEqual([none.code, none.stdout], [0, "No dead letters.\n"]);
});

for (const verb of ["replay", "drop"]) {
  Deno.test(`blueplane dlq ${verb} does nothing, when one of the ids is unknown`, async () => {
    using machine = tempMachine();
    bury(machine);

    deepEqual(await runHere(machine, ["dlq", verb, "1", "7"]), {
      code: 3,
      stdout: "",
      stderr: `error: Cannot ${verb} the dead letter: there is none with id 7\n`,
    });
    deepEqual(await ids(machine), [1, 2, 3]);
  });

  Deno.test(`blueplane dlq ${verb} has nothing to do, when there is no database`, async () => {
    using machine = tempMachine();

    deepEqual(await runHere(machine, ["dlq", verb, "--all"]), {
      code: 0,
      stdout: "No dead letters.\n",
      stderr: "",
    });
  });

  Deno.test(`blueplane dlq ${verb} prints nothing, when it is to be quiet`, async () => {
    using machine = tempMachine();
    bury(machine);

    equal((await runHere(machine, ["dlq", verb, "1", "--quiet"])).stdout, "");
    deepEqual(await ids(machine), [2, 3]);
  });

  for (
    const [what, words, message] of [
      ["nothing is named", [], /say their ids, which blueplane dlq list shows, or --all$/],
      ["both are named", ["1", "--all"], /say their ids or --all, not both$/],
      ["an id is none", ["1", "two"], /^error: Cannot read an id: 'two' is no whole number$/],
      ["there are too many ids", Array(1001).fill("1"), /over 1,000 ids; say --all$/],
    ] as const
  ) {
    Deno.test(`blueplane dlq ${verb} exits with 2, when ${what}`, async () => {
      using machine = tempMachine();
      bury(machine);

      const { code, stderr } = await runHere(machine, ["dlq", verb, ...words]);

      equal(code, 2);
      match(stderr.trimEnd(), message);
      deepEqual(await ids(machine), [1, 2, 3]);
    });
  }

  Deno.test(`blueplane dlq ${verb} says so, when another process writes`, async () => {
    using machine = tempMachine();
    bury(machine);
    using _lock = takeWriterLock(`${machine.home}/telemetry.lock`)!;

    deepEqual(await runHere(machine, ["dlq", verb, "1"]), {
      code: 1,
      stdout: "",
      stderr: `error: Cannot ${verb} dead letters: another blueplane is writing; ` +
        "try again when it is done\n",
    });
    deepEqual(await ids(machine), [1, 2, 3]);
  });
}
