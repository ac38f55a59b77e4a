/** Tests of the commands that read, mend and examine, as they are parsed. */

import { deepEqual, rejects } from "node:assert/strict";
import { addUpkeepCommands } from "../../../cli/program/upkeep_commands.ts";
import { parsed } from "./parsed.ts";

Deno.test("addUpkeepCommands() gives dead letters their ids as words", async () => {
  const { words, options } = await parsed(addUpkeepCommands, ["dlq", "drop", "7", "8"]);
  deepEqual({ words, options }, { words: ["7", "8"], options: {} });
  await rejects(parsed(addUpkeepCommands, ["dlq", "show"]), /missing required argument/);
});

Deno.test("addUpkeepCommands() lists twenty dead letters, unless a number is given", async () => {
  deepEqual((await parsed(addUpkeepCommands, ["dlq", "list"])).options, { limit: 20, offset: 0 });
  const { options } = await parsed(addUpkeepCommands, ["dlq", "list", "-n", "0"]);
  deepEqual(options, { limit: 0, offset: 0 });
});

Deno.test("addUpkeepCommands() rebuilds one session, when that is named", async () => {
  const { options } = await parsed(addUpkeepCommands, ["rebuild", "--session", "s1"]);
  deepEqual(options, { session: "s1" });
});
