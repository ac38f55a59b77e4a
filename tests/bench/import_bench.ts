/**
 * Cold import and warm reports, by whole processes over a made-up folder of transcripts.
 *
 * @module
 */

import {
  beginSession,
  Dice,
  promptLine,
  stepLines,
  transcriptPath,
} from "../../tools/made_up_session.ts";
import { startBenchServer } from "./bench_server.ts";
import { atLeast, atMost, type BenchRow, percentile } from "./row.ts";

const FILES = 3200;
const ROUNDS = 9;
/** Real transcripts are mostly tool output: this makes a line as long as theirs. */
const PADDING = "made-up output ".repeat(600);

/** Runs the bench; `command` is the program with its first arguments. */
export async function benchImport(
  folder: string,
  command: readonly string[],
): Promise<BenchRow[]> {
  const { bytes, last } = writeFolder(`${folder}/claude/projects`);
  const env = {
    HOME: folder,
    BLUEPLANE_HOME: `${folder}/home`,
    CLAUDE_CONFIG_DIR: `${folder}/claude`,
  };
  const run = (...args: string[]) => timeProcess([...command, ...args], env);
  const addLine = () =>
    Deno.writeTextFileSync(last.path, promptLine(last.session), { append: true });
  const report = () => run("metrics", "-p", "7d");
  const cold = await run("sync", "--quiet");
  const warm: number[] = [], changed: number[] = [], stored: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    warm.push(await report());
    addLine();
    changed.push(await report());
    stored.push(await run("metrics", "-p", "7d", "--no-sync"));
  }
  const served = await timeServed(folder, command, report, addLine);
  const mib = bytes / 1048576;
  const size = `${Math.round(mib)} MiB, ${FILES} files`;
  return [
    atLeast(`Import: cold, stored and folded (${size})`, mib / cold * 1000, 60, "MiB/s"),
    atMost(`Report: warm, nothing new (${size})`, percentile(warm, 0.5), 120, "ms"),
    atMost(`Report: warm, one line new (${size})`, percentile(changed, 0.5), 120, "ms"),
    atMost(`Report: --no-sync (${size})`, percentile(stored, 0.5), 100, "ms"),
    atMost(
      `Report: with a server, nothing new (${size})`,
      percentile(served.warm, 0.5),
      120,
      "ms",
    ),
    atMost(
      `Report: with a server, one line new (${size})`,
      percentile(served.changed, 0.5),
      120,
      "ms",
    ),
  ];
}

/** Beside a server that is past its first look at every file. */
async function timeServed(
  folder: string,
  command: readonly string[],
  report: () => Promise<number>,
  addLine: () => void,
) {
  await using _server = await startBenchServer(folder, command);
  for (let round = 0; round < ROUNDS; round++) await report();
  const warm: number[] = [], changed: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    warm.push(await report());
    addLine();
    changed.push(await report());
  }
  return { warm, changed };
}

function writeFolder(projects: string) {
  const dice = new Dice(3);
  let bytes = 0, last;
  for (let file = 0; file < FILES; file++) {
    const session = beginSession(dice, Date.now() - dice.roll(0, 60 * 86_400_000));
    const path = transcriptPath(projects, session);
    const lines = [promptLine(session)];
    for (let step = dice.roll(5, 60); step > 0; step--) {
      lines.push(...stepLines(session).map((line) => line.replace("made-up output", PADDING)));
    }
    const text = lines.join("");
    Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    Deno.writeTextFileSync(path, text);
    bytes += text.length;
    last = { path, session };
  }
  return { bytes, last: last! };
}

async function timeProcess(command: string[], env: Record<string, string>): Promise<number> {
  const [program, ...args] = command;
  const start = performance.now();
  const { code, stderr } = await new Deno.Command(program!, {
    args,
    env: { ...env, PATH: Deno.env.get("PATH") ?? "", DENO_DIR: Deno.env.get("DENO_DIR") ?? "" },
    clearEnv: true,
    stdout: "null",
    stderr: "piped",
  }).output();
  if (code !== 0) throw new Error(`Cannot bench: ${new TextDecoder().decode(stderr)}`);
  return performance.now() - start;
}
