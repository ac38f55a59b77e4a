/** Shells that try the completions: in a folder of their own, without anybody's settings. */

import { PROGRAM } from "./sample_program.ts";
import { findProgram, missingPartText } from "../../../tools/parts.ts";

/** A shell in an empty folder, with a few files. */
export class ShellStage implements Disposable {
  readonly folder: string;
  readonly #program: string;

  /** @throws {Error} when the shell is not there; what to install is said */
  constructor(shell: string, script: string) {
    const program = findProgram([shell], Deno.env.get("PATH") ?? "");
    if (!program) throw new Error(missingPartText(shell));
    this.#program = program;
    this.folder = Deno.makeTempDirSync({ prefix: "blueplane_test_" });
    Deno.writeTextFileSync(`${this.folder}/script`, script);
    Deno.mkdirSync(`${this.folder}/my folder`);
    Deno.writeTextFileSync(`${this.folder}/my file`, "");
    const asked = `${this.folder}/bin/blueplane`;
    Deno.mkdirSync(`${this.folder}/bin`);
    Deno.writeTextFileSync(asked, `#!/bin/sh\n${PROGRAM}`, { mode: 0o755 });
  }

  /** Runs commands. @returns the lines that they print */
  async run(commands: string, args: readonly string[]): Promise<string[]> {
    const { success, stdout, stderr } = await new Deno.Command(this.#program, {
      args: [...args, commands],
      cwd: this.folder,
      clearEnv: true,
      env: {
        HOME: this.folder,
        PATH: `${this.folder}/bin:${Deno.env.get("PATH")}`,
        TERM: "xterm",
        LC_ALL: "C",
      },
      stdin: "null",
    }).output();
    const said = new TextDecoder().decode(stderr);
    if (!success || said !== "") throw new Error(`Cannot run the shell: ${said}`);
    return new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "");
  }

  /** The files that there are: typed words are never run. */
  files(): string[] {
    return [...Deno.readDirSync(this.folder)].map(({ name }) => name).sort();
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

/** What is there in the beginning. */
export const FILES: readonly string[] = ["asked", "bin", "my file", "my folder", "script"];

/** A word for a shell. */
export function quote(word: string): string {
  return `'${word}'`;
}
