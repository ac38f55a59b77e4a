/** Tests of the schema beside the settings. */

import { deepEqual, equal } from "node:assert/strict";
import { writeSchema } from "../../cli/config_schema.ts";
import { configSchema } from "../../core/config_check.ts";
import { homeAt, makeHome } from "../../core/home.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";

Deno.test("writeSchema() writes it once, and anew when it is another version's", () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  makeHome(home);
  writeSchema(home);
  deepEqual(JSON.parse(Deno.readTextFileSync(home.configSchema)), configSchema());
  if (Deno.build.os !== "windows") {
    equal(Deno.statSync(home.configSchema).mode! & 0o777, 0o600);
    const { ino } = Deno.statSync(home.configSchema);
    writeSchema(home);
    equal(Deno.statSync(home.configSchema).ino, ino);
  }
  Deno.writeTextFileSync(home.configSchema, "{}");
  writeSchema(home);
  deepEqual(JSON.parse(Deno.readTextFileSync(home.configSchema)), configSchema());
});
