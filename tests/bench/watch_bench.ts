/**
 * What the live screen costs while it is open: its share of a processor, while nothing happens
 * and while a session is written.
 *
 * @module
 */

import { beginSession, Dice, promptLine, transcriptPath } from "../../tools/made_up_session.ts";
import { atMost, type BenchRow } from "./row.ts";

/** Start and first picture are in the short run, too, and fall out. */
const SHORT_SECONDS = 5;
const LONG_SECONDS = 35;
const EVERY_MS = 1000;

/** Runs the bench over the history that was imported before; `command` is the program. */
export async function benchWatch(
  folder: string,
  command: readonly string[],
): Promise<BenchRow[]> {
  // The terminal is that of script(1), whose options are Linux's.
  if (Deno.build.os !== "linux") return [];
  const rows: BenchRow[] = [];
  for (const [what, isWritten] of [["idle", false], ["a line a second", true]] as const) {
    const [short, long] = [
      await cpuSeconds(folder, command, SHORT_SECONDS, isWritten),
      await cpuSeconds(folder, command, LONG_SECONDS, isWritten),
    ];
    const share = 100 * (long - short) / (LONG_SECONDS - SHORT_SECONDS);
    rows.push(atMost(`Live screen: ${what}, no server`, share, 2, "% CPU"));
  }
  return rows;
}

async function cpuSeconds(
  folder: string,
  command: readonly string[],
  seconds: number,
  isWritten: boolean,
): Promise<number> {
  const call = [...command, "metrics", "--watch"].map((word) => `'${word}'`).join(" ");
  const told = `${folder}/watch-times`;
  const child = new Deno.Command("script", {
    args: [
      "--quiet",
      "--flush",
      "--command",
      `timeout --foreground --signal TERM ${seconds} ${call}; times > '${told}'`,
      "/dev/null",
    ],
    env: {
      HOME: folder,
      BLUEPLANE_HOME: `${folder}/home`,
      CLAUDE_CONFIG_DIR: `${folder}/claude`,
      PATH: Deno.env.get("PATH") ?? "",
      DENO_DIR: Deno.env.get("DENO_DIR") ?? "",
      SHELL: "/bin/sh",
      TERM: "xterm",
    },
    clearEnv: true,
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const writing = isWritten ? setInterval(lineWriter(folder), EVERY_MS) : undefined;
  await child.status;
  clearInterval(writing);
  await child.stdin.close().catch(() => {});
  return childSeconds(Deno.readTextFileSync(told));
}

function lineWriter(folder: string): () => void {
  const session = beginSession(new Dice(7), Date.now());
  const path = transcriptPath(`${folder}/claude/projects`, session);
  Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  return () => Deno.writeTextFileSync(path, promptLine(session), { append: true });
}

/** The second line of the shell's `times`: user and system time of its children. */
function childSeconds(text: string): number {
  const times = text.split("\n")[1]!.matchAll(/(\d+)m([\d.]+)s/g);
  return times.reduce((sum, [, minutes, rest]) => sum + 60 * Number(minutes) + Number(rest), 0);
}
