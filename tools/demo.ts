/**
 * The demo: `blueplane serve` on a made-up home in which sessions go on.
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
const STEPS_A_TURN = 8;
/** So many go on at once: people rest between two prompts. */
const LIVE_SESSIONS = 3;
/** No prompt takes longer to come: something happens from the first moment on. */
const PROMPT_WITHIN_MS = 90_000;

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

/** Tells a session as it goes on, each line when its time has come, until aborted. */
export async function tellSession(
  projects: string,
  session: MadeUpSession,
  signal: AbortSignal,
): Promise<void> {
  const path = transcriptPath(projects, session);
  for (let step = 0; !signal.aborted; step++) {
    const prompt = step % STEPS_A_TURN === 0 ? [promptLine(session)] : [];
    for (const line of [...prompt, ...stepLines(session)]) {
      await waitUntil(Date.parse(JSON.parse(line).timestamp), signal);
      if (signal.aborted) return;
      append(path, [line]);
    }
  }
}

async function waitUntil(at: number, signal: AbortSignal): Promise<void> {
  const left = at - Date.now();
  if (left <= 0 || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, left);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}

async function main(args: readonly string[]): Promise<number> {
  const folder = Deno.makeTempDirSync({ prefix: "blueplane-demo-" });
  const dice = new Dice(20261123);
  const projects = `${folder}/claude/projects`;
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  Deno.addSignalListener("SIGINT", interrupt);
  if (Deno.build.os !== "windows") {
    for (const signal of ["SIGTERM", "SIGHUP"] as const) {
      Deno.addSignalListener(signal, interrupt);
    }
  }
  try {
    const sessions = writeHistory(projects, dice, Date.now());
    console.log(
      `Made up ${sessions} sessions; ${LIVE_SESSIONS} more go on while you watch the page.`,
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
    const telling = Array.from({ length: LIVE_SESSIONS }, () => {
      // Each of its own chance: which one comes next hangs on the clock.
      const own = new Dice(dice.roll(1, 1_000_000_000));
      const session = beginSession(own, Date.now() - PROMPT_WITHIN_MS);
      return tellSession(projects, session, stop.signal);
    });
    const { code } = await server.status;
    stop.abort();
    await Promise.all(telling);
    return code;
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
