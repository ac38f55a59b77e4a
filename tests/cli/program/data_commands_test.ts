/** Tests of the commands that move and copy what is stored, as they are parsed. */

import { deepEqual, rejects } from "node:assert/strict";
import { addDataCommands } from "../../../cli/program/data_commands.ts";
import { parsed } from "./parsed.ts";

Deno.test("addDataCommands() takes the age of what is archived as a word", async () => {
  deepEqual((await parsed(addDataCommands, ["archive"])).options, {});
  const { options } = await parsed(addDataCommands, ["archive", "--older-than", "30d"]);
  deepEqual(options, { olderThan: "30d" });
  await rejects(parsed(addDataCommands, ["archive", "--older-than"]), /argument missing/);
});

Deno.test("addDataCommands() takes files of a team, and how many members do", async () => {
  const { options } = await parsed(addDataCommands, ["team", "aggregate", "a", "b"]);
  deepEqual(options, { minMembers: 3 });
  await rejects(parsed(addDataCommands, ["team", "aggregate"]), /missing required argument/);
  await rejects(
    parsed(addDataCommands, ["team", "aggregate", "a", "--min-members", "x"]),
    /count/,
  );
});
