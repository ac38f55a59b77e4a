/** Tests of the completions for fish, in a real one. */

import { deepEqual, match } from "node:assert/strict";
import { fishCompletion } from "../../../cli/completion/fish_completion.ts";
import { OFFERS, sampleTable } from "./sample_program.ts";
import { FILES, ShellStage } from "./shell_stage.ts";

function offered(stage: ShellStage, words: readonly string[]): Promise<string[]> {
  const line = ["blueplane", ...words].join(" ").replaceAll("'", "\\'");
  return stage.run(`source script; source script; complete -C '${line}'`, ["--no-config", "-c"]);
}

function wordOf(line: string): string {
  return line.split("\t")[0]!;
}

Deno.test("fishCompletion() offers what may come next, and runs no typed word", async () => {
  using stage = new ShellStage("fish", fishCompletion(sampleTable()));
  for (const [words, expected] of OFFERS) {
    deepEqual((await offered(stage, words)).map(wordOf).sort(), expected, words.join(" "));
  }
  deepEqual(stage.files().filter((name) => !name.startsWith(".")), FILES);
});

Deno.test("fishCompletion() says what each word means", async () => {
  using stage = new ShellStage("fish", fishCompletion(sampleTable()));
  deepEqual(await offered(stage, ["sho"]), ["show\tShow 100% of it, don't \\ hide"]);
  deepEqual(await offered(stage, ["--js"]), ["--json\tprint JSON: it's for scripts"]);
});

Deno.test("fishCompletion() completes values behind =, files and folders", async () => {
  using stage = new ShellStage("fish", fishCompletion(sampleTable()));
  deepEqual(await offered(stage, ["show", "--platform=c"]), ["--platform=claude-code"]);
  match(
    (await offered(stage, ["show", "-o", "my"])).map(wordOf).sort().join(),
    /^my.file,my.folder/,
  );
  deepEqual((await offered(stage, ["--home", "my"])).length, 1);
});
