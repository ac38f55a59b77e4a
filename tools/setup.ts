/** Provides the programs that tests need: `deno run -A tools/setup.ts [part…]`. */

import { dirname } from "node:path";
import { findProgram, missingPartText, parts } from "./parts.ts";
import { fromRoot } from "./project_root.ts";

/** What a machine has: where programs are, who runs this, and where a log may go. */
export interface Machine {
  readonly path: string;
  readonly isRoot: boolean;
  readonly logFile: string;
}

const defaultNames = ["chromium", "fish", "redis-server", "tmux", "zsh"];

/** The parts to look for: those on the command line, or in an environment list, or the usual. */
export function neededParts(args: readonly string[], list = ""): readonly string[] {
  if (args.length > 0) return args;
  const listed = list.split(/[\s,]+/).filter(Boolean);
  return listed.length > 0 ? listed : defaultNames;
}

/**
 * Installs what is missing where that is possible, names the rest on stderr, and returns the
 * exit code: 1 if something is still missing, 2 if a part is unknown.
 */
export async function setup(names: readonly string[], machine: Machine): Promise<number> {
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined) {
    const known = Object.keys(parts).join(", ");
    console.error(`error: Cannot set up "${unknown}": the known parts are ${known}`);
    return 2;
  }
  const isMissing = (name: string) => !findProgram(parts[name]!.programs, machine.path);
  let missing = names.filter(isMissing);
  if (missing.length > 0) {
    await installWithApt(missing, machine);
    missing = missing.filter(isMissing);
  }
  for (const name of missing) console.error(missingPartText(name));
  return missing.length > 0 ? 1 : 0;
}

/** Asks apt-get, if it is there and would listen. Whether it helped is for the caller to see. */
async function installWithApt(names: readonly string[], machine: Machine): Promise<void> {
  const apt = findProgram(["apt-get"], machine.path);
  if (!apt || !machine.isRoot) return;
  console.error(`Installing ${names.join(", ")} with apt-get …`);
  const packages = names.map((name) => parts[name]!.apt);
  const options = ["-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"];
  const runs = [["update"], ["install", ...options, ...packages]];
  const output: Uint8Array<ArrayBuffer>[] = [];
  for (const args of runs) {
    const { success, stdout, stderr } = await new Deno.Command(apt, {
      args,
      env: { DEBIAN_FRONTEND: "noninteractive", PATH: machine.path },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).output();
    output.push(stdout, stderr);
    // Old package lists may do, so only the installation must go well.
    if (success || args[0] === "update") continue;
    await Deno.mkdir(dirname(machine.logFile), { recursive: true });
    await Deno.writeFile(machine.logFile, await new Blob(output).bytes());
    console.error(`apt-get failed; what it said is in ${machine.logFile}`);
  }
}

if (import.meta.main) {
  const names = neededParts(Deno.args, Deno.env.get("BLUEPLANE_TEST_PARTS"));
  const exitCode = await setup(names, {
    path: Deno.env.get("PATH") ?? "",
    isRoot: Deno.uid() === 0,
    logFile: fromRoot(".cache/setup.log"),
  });
  Deno.exit(exitCode);
}
