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
 * How much more time a client is given after it did not come as far as its scenario goes; what a
 * scenario kills in the middle of ends by itself at three times the pace.
 */
const PACES = [1, 2, 2.5];

/**
 * Runs one scenario, and brings what it left into the shape of the recorded runs. A scenario types
 * and kills after fixed times; where the client was not ready by then, as on a machine with much
 * else to do, it runs again with more time.
 *
 * @throws {Error} when the client did not leave what was expected
 */
export async function runClient({ folder }: Harness, order: RunOrder): Promise<void> {
  const { version, scenario, out } = order;
  const path = exists(scenario) ? scenario : `${folder}/scenarios/${scenario}.json`;
  const script: Script = JSON.parse(Deno.readTextFileSync(path));
  for (const pace of PACES) {
    for (const { name } of Deno.readDirSync(out)) {
      Deno.removeSync(`${out}/${name}`, { recursive: true });
    }
    const paced = `${out}/scenario.paced`;
    Deno.writeTextFileSync(paced, JSON.stringify(slowedDown(script, pace)));
    const { success, stderr } = await new Deno.Command(`${folder}/run.sh`, {
      args: [version, paced, out],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).output();
    if (!success || !exists(`${out}/truth.json`)) {
      const said = new TextDecoder().decode(stderr).trim().split("\n").at(-1) ?? "";
      throw new Error(`Cannot run ${scenario} in ${version}: ${said || "it left no truth.json"}`);
    }
    const { check } = JSON.parse(Deno.readTextFileSync(`${out}/truth.json`));
    if (isPlayed(script, check)) {
      Deno.renameSync(`${out}/claude-home/.claude/projects`, `${out}/projects`);
      return;
    }
  }
  throw new Error(`Cannot run ${scenario} in ${version}: the client is too slow for it`);
}

interface Script {
  readonly runs?: readonly { readonly signal_after_ms?: number }[];
}

/** What the harness found when it compared what it planned, served, and reads in transcripts. */
export interface Check {
  readonly planned_equals_served: boolean;
  readonly transcript_equals_served_less_compact: boolean;
}

/** Whether the client asked for every answer, and had noted the first before it was killed. */
export function isPlayed({ runs = [] }: Script, check: Check): boolean {
  const isKilled = runs.some(({ signal_after_ms }) => signal_after_ms !== undefined);
  return check.planned_equals_served &&
    (!isKilled || check.transcript_equals_served_less_compact);
}

/** A scenario in which all that waits for nothing but time waits longer. */
export function slowedDown(script: unknown, pace: number): unknown {
  return JSON.parse(
    JSON.stringify(
      script,
      (name, value) => TIMES.has(name) && typeof value === "number" ? value * pace : value,
    ),
  );
}

const TIMES: ReadonlySet<string> = new Set([
  "gap_ms",
  "pre_delay_ms",
  "signal_after_ms",
  "sleep",
  "stall_ms",
  "timeout_ms",
]);

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
