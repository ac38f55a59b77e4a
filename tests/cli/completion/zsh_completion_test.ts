/** Tests of the completions for zsh, in a real one: what its own engine is given. */

import { deepEqual, equal, match } from "node:assert/strict";
import { zshCompletion } from "../../../cli/completion/zsh_completion.ts";
import { OFFERS, sampleTable } from "./sample_program.ts";
import { FILES, quote, ShellStage } from "./shell_stage.ts";

/** The engine works behind a line editor alone; these stand for its way out. */
const ENGINE = `
  compdef() { :; }
  compset() { cur=\${cur#*=}; }
  _files() { print -r -- "files $*"; }
  _message() { :; }
  _describe() { local each; for each in "\${(@P)argv[-1]}"; do print -r -- "$each"; done; }
`;

async function offered(stage: ShellStage, words: readonly string[]): Promise<string[]> {
  const line = ["blueplane", ...words].map(quote).join(" ");
  const typed = words.at(-1)!.replace(/^--[^=]*=/, "");
  const lines = await stage.run(
    `${ENGINE}; . ./script; . ./script; words=(${line}); CURRENT=${words.length + 1}; _blueplane`,
    ["-f", "-c"],
  );
  // The engine leaves out what does not begin as what is typed.
  return lines.filter((line) => line.startsWith(typed) || line.startsWith("files"));
}

Deno.test("zshCompletion() offers what may come next, and runs no typed word", async () => {
  using stage = new ShellStage("zsh", zshCompletion(sampleTable()));
  for (const [words, expected] of OFFERS) {
    const found = (await offered(stage, words)).map((line) => line.split(":")[0]!);
    deepEqual(found.sort(), expected, words.join(" "));
  }
  deepEqual(stage.files(), FILES);
});

Deno.test("zshCompletion() says what each word means", async () => {
  using stage = new ShellStage("zsh", zshCompletion(sampleTable()));
  deepEqual(await offered(stage, ["sho"]), ["show:Show 100% of it, don't \\ hide"]);
});

Deno.test("zshCompletion() completes values behind =, files and folders", async () => {
  using stage = new ShellStage("zsh", zshCompletion(sampleTable()));
  deepEqual(await offered(stage, ["show", "--platform=c"]), ["claude-code"]);
  deepEqual(await offered(stage, ["show", "-o", "m"]), ["files "]);
  deepEqual(await offered(stage, ["--home", "m"]), ["files -/"]);
});

Deno.test("zshCompletion() completes in a line editor", async () => {
  using stage = new ShellStage("zsh", zshCompletion(sampleTable()));
  // What is completed is run, and so reaches the function of the program's name.
  const session = `
    zmodload zsh/zpty
    zpty z zsh -f -i
    zpty -w z 'blueplane() { print -r -- "got <$*>"; }; autoload -Uz compinit; compinit -u -D; ' \\
      '. ./script; print rea''dy'
    zpty -r -m z out '*ready*'
    zpty -w z $'blueplane sho\\t--per\\t7\\t'
    zpty -r -m z out '*got <*>*' && print -r -- "\${out[-40,-1]}"
    zpty -d z
  `;
  const text = (await stage.run(session, ["-f", "-c"])).join("\n");
  match(text, /got <show --period 7d ?>/);
  equal(stage.files().includes("evil"), false);
});
