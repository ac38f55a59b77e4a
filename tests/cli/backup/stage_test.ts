/** Tests of the folder for copies on their way. */

import { deepEqual, equal } from "node:assert/strict";
import { makeStage, stagePath } from "../../../cli/backup/stage.ts";
import { homeAt } from "../../../core/home.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";

const DAY_MS = 86_400_000;

Deno.test("makeStage() is gone when it is disposed, unless it is kept", () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  let kept: string;
  {
    using stage = makeStage(home, "backup", Date.now());
    equal(stagePath(home, stage.name), stage.path);
    using other = makeStage(home, "restore", Date.now());
    other.keep();
    kept = other.name;
  }
  deepEqual([...Deno.readDirSync(home.temporary)].map(({ name }) => name), [kept]);

  using _later = makeStage(home, "backup", Date.now() + 2 * DAY_MS);
  equal([...Deno.readDirSync(home.temporary)].some(({ name }) => name === kept), false);
});

Deno.test("stagePath() knows no other folder", () => {
  const home = homeAt("/nowhere");
  for (const name of ["..", "backup-1", "../backup-1", 7, undefined]) {
    equal(stagePath(home, name), undefined);
  }
});
