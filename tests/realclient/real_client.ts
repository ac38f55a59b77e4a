/** Runs the real client in the shared harness: offline, against a made-up API. */

/** What a run needs of this machine. */
export interface Harness {
  /** The shared folder `realclient`. */
  readonly folder: string;
}

/** Where to run one scenario in one version. */
export interface RunOrder {
  readonly version: string;
  readonly scenario: string;
  /** The folder that takes what the run leaves. */
  readonly out: string;
}

/**
 * The harness, if all that it needs is there.
 *
 * @throws {Error} naming what is missing
 */
export function findHarness(folder: string): Harness {
  if (!exists(`${folder}/run.sh`)) {
    throw new Error(`Cannot run the real client: ${folder}/run.sh is missing`);
  }
  for (const program of ["node", "npm", "git", "unshare", "ip"]) {
    if (!succeeds("sh", ["-c", `command -v ${program}`])) {
      throw new Error(`Cannot run the real client: ${program} is missing`);
    }
  }
  if (!succeeds("unshare", ["-n", "true"])) {
    throw new Error("Cannot run the real client: this user may make no network namespace");
  }
  return { folder };
}

/**
 * Runs one scenario, and brings what it left into the shape of the recorded runs.
 *
 * @throws {Error} when the client did not leave what was expected
 */
export async function runClient({ folder }: Harness, order: RunOrder): Promise<void> {
  const { version, scenario, out } = order;
  const { success, stderr } = await new Deno.Command(`${folder}/run.sh`, {
    args: [version, scenario, out],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success || !exists(`${out}/truth.json`)) {
    const said = new TextDecoder().decode(stderr).trim().split("\n").at(-1) ?? "";
    throw new Error(`Cannot run ${scenario} in ${version}: ${said || "it left no truth.json"}`);
  }
  Deno.renameSync(`${out}/claude-home/.claude/projects`, `${out}/projects`);
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function succeeds(program: string, args: readonly string[]): boolean {
  try {
    return new Deno.Command(program, { args: [...args], stdout: "null", stderr: "null" })
      .outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
