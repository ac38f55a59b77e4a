/**
 * The demo: `blueplane serve` on a made-up home in which a session is being written.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import {
  beginSession,
  Dice,
  type MadeUpSession,
  promptLine,
  stepLines,
  transcriptPath,
} from "./made_up_session.ts";

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 21;
const STEP_EVERY_MS = 700;
const STEPS_A_TURN = 8;

/** Writes a history of sessions below a `projects` folder. @returns how many */
export function writeHistory(projects: string, dice: Dice, now: number): number {
  let sessions = 0;
  for (let day = HISTORY_DAYS; day >= 0; day--) {
    for (let left = dice.roll(1, 3); left > 0; left--) {
      const begun = now - day * DAY_MS - dice.roll(2, 10) * 3_600_000;
      const session = beginSession(dice, begun);
      const lines: string[] = [];
      for (let turn = dice.roll(2, 9); turn > 0; turn--) {
        lines.push(promptLine(session));
        for (let step = dice.roll(1, 12); step > 0; step--) lines.push(...stepLines(session));
      }
      append(transcriptPath(projects, session), lines);
      sessions++;
    }
  }
  return sessions;
}

function append(path: string, lines: readonly string[]): void {
  Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  Deno.writeTextFileSync(path, lines.join(""), { append: true });
}

/** Writes a step of the live session now and then, until aborted. */
async function writeLive(projects: string, dice: Dice, signal: AbortSignal): Promise<void> {
  let session: MadeUpSession | undefined, steps = 0;
  while (!signal.aborted) {
    session ??= beginSession(dice, Date.now());
    const path = transcriptPath(projects, session);
    session.at = Date.now();
    if (steps++ % STEPS_A_TURN === 0) append(path, [promptLine({ ...session })]);
    // The story's clock may not run ahead of the real one.
    const told = { ...session, at: Date.now() - 12_000 };
    append(path, stepLines(told));
    session.parent = told.parent;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, STEP_EVERY_MS);
      signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    });
  }
}

async function main(args: readonly string[]): Promise<number> {
  const folder = Deno.makeTempDirSync({ prefix: "blueplane-demo-" });
  const dice = new Dice(20261123);
  const projects = `${folder}/claude/projects`;
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  Deno.addSignalListener("SIGINT", interrupt);
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", interrupt);
  try {
    const sessions = writeHistory(projects, dice, Date.now());
    console.log(
      `Made up ${sessions} sessions; one more is being written while you watch the page.`,
    );
    const main = fileURLToPath(new URL("../main.ts", import.meta.url));
    const server = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", main, "serve", ...args],
      env: {
        BLUEPLANE_HOME: `${folder}/home`,
        CLAUDE_CONFIG_DIR: `${folder}/claude`,
      },
    }).spawn();
    stop.signal.addEventListener("abort", () => {
      // A terminal's Ctrl+C reaches the server by itself; a signal to this process does not.
      try {
        server.kill("SIGTERM");
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound) && !(error instanceof TypeError)) {
          throw error;
        }
      }
    });
    const writing = writeLive(projects, dice, stop.signal);
    const { code } = await server.status;
    stop.abort();
    await writing;
    return code;
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
