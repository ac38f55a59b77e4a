/** Tests of the commands that give advice, as they are parsed. */

import { deepEqual, rejects } from "node:assert/strict";
import { addAdviceCommands } from "../../../cli/program/advice_commands.ts";
import { parsed } from "./parsed.ts";

Deno.test("addAdviceCommands() takes a session or a task to be like", async () => {
  const { words, options } = await parsed(addAdviceCommands, ["similar", "last", "-n", "3"]);
  deepEqual([words, options], [["last"], { limit: 3, minSimilarity: 0 }]);
  const task = (await parsed(addAdviceCommands, ["similar", "--task", "fix it"])).options;
  deepEqual(task["task"], "fix it");
});

Deno.test("addAdviceCommands() takes a share from 0 to 1", async () => {
  for (const [text, share] of [["0.75", 0.75], [".5", 0.5], ["1", 1]] as const) {
    const { options } = await parsed(addAdviceCommands, ["similar", "--min-similarity", text]);
    deepEqual(options["minSimilarity"], share);
  }
  for (const text of ["1.5", "70", "x", "-1", ""]) {
    await rejects(
      parsed(addAdviceCommands, ["similar", "--min-similarity", text]),
      /from 0 to 1/,
    );
  }
});

Deno.test("addAdviceCommands() foretells acceptance, and tells a month of errors", async () => {
  const predict = await parsed(addAdviceCommands, ["predict", "--operation", "create"]);
  deepEqual(predict.options, { target: "acceptance", operation: "create" });
  await rejects(parsed(addAdviceCommands, ["predict", "--target", "luck"]), /acceptance, kept/);
  deepEqual((await parsed(addAdviceCommands, ["errors"])).options, {
    period: "30d",
    minFrequency: 2,
    limit: 20,
  });
});

Deno.test("addAdviceCommands() takes no frequency of what never happened", async () => {
  const { options } = await parsed(addAdviceCommands, ["errors", "--min-frequency", "1"]);
  deepEqual(options["minFrequency"], 1);
  for (const text of ["0", "1000001", "x"]) {
    await rejects(parsed(addAdviceCommands, ["errors", "--min-frequency", text]));
  }
});
