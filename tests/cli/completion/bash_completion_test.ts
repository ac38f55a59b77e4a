/** Tests of the completions for bash, in a real one. */

import { deepEqual } from "node:assert/strict";
import { bashCompletion } from "../../../cli/completion/bash_completion.ts";
import { OFFERS, sampleTable } from "./sample_program.ts";
import { FILES, quote, ShellStage } from "./shell_stage.ts";

const ARGS = ["--noprofile", "--norc", "-u", "-c"];

function offered(stage: ShellStage, words: readonly string[]): Promise<string[]> {
  const line = ["blueplane", ...words].map(quote).join(" ");
  return stage.run(
    `. ./script; . ./script; COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _blueplane
     [ \${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' "\${COMPREPLY[@]}"`,
    ARGS,
  );
}

Deno.test("bashCompletion() offers what may come next, and runs no typed word", async () => {
  using stage = new ShellStage("bash", bashCompletion(sampleTable()));
  for (const [words, expected] of OFFERS) {
    deepEqual((await offered(stage, words)).sort(), expected, words.join(" "));
  }
  deepEqual(stage.files(), FILES);
});

Deno.test("bashCompletion() completes values behind =, as bash takes words apart", async () => {
  using stage = new ShellStage("bash", bashCompletion(sampleTable()));
  deepEqual(await offered(stage, ["show", "--platform", "=", "c"]), ["claude-code"]);
  deepEqual(await offered(stage, ["show", "--platform", "="]), ["claude-code"]);
  deepEqual(await offered(stage, ["show", "--period", "=", "7d", "--pl"]), ["--platform"]);
});

Deno.test("bashCompletion() completes files and folders, with blanks in their names", async () => {
  using stage = new ShellStage("bash", bashCompletion(sampleTable()));
  deepEqual((await offered(stage, ["show", "-o", "my"])).sort(), ["my file", "my folder"]);
  deepEqual(await offered(stage, ["--home", "my"]), ["my folder"]);
});
