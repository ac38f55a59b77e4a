/** Tests of the live screen in tmux: keys, sizes, a server that comes and goes, and the end. */

import { equal, match, ok } from "node:assert/strict";
import { binaryPath, startServe, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { Tmux } from "./tmux.ts";

async function shown(tmux: Tmux, title: string): Promise<string | undefined> {
  const line = (await tmux.screen()).find((row) => row.startsWith(` ${title} `));
  return line?.slice(title.length + 1).trim().split(/\s+/)[0];
}

async function isShown(tmux: Tmux, line: RegExp): Promise<boolean> {
  return (await tmux.screen()).some((row) => line.test(row));
}

/** The cursor is shown, the shell's own lines are there again, and what is typed is shown. */
async function assertRestored(tmux: Tmux): Promise<void> {
  await until(
    "the shell has its screen back",
    async () => await tmux.ask("alternate_on") === "0" && await tmux.ask("cursor_flag") === "1",
  );
  // Until it has ended, the process takes what is typed.
  await until("it is gone", async () => await tmux.ask("pane_current_command") === "sh");
  await tmux.enter("echo typed-$((40 + 2)); stty -a | grep -o -e '-*icanon' -e ' -*echo '");
  // A prompt may come behind what is typed, and stands before the answer then.
  await until("the shell answers", async () => await isShown(tmux, /typed-42$/));
  await until("the modes are shown", async () => await isShown(tmux, /^icanon$/));
  ok(!await isShown(tmux, /^-icanon|^ -echo/));
}

// Goal: the live screen is right in a terminal that somebody else keeps, whatever happens.
// Method: a real tmux, in which keys are typed, the pane is resized, a server starts and is
// killed, a transcript grows, and the process is ended by q, SIGTERM and SIGHUP.
Deno.test({
  name: "blueplane metrics --watch works in tmux, and gives the terminal back",
  // No tmux there.
  ignore: Deno.build.os === "windows",
  async fn() {
    using machine = tempMachine();
    const transcript = new Transcript(machine.claude).prompt().response({ tool: "Bash" });
    // The pane itself says how wide it is.
    const { COLUMNS: _, ...env } = machine.env;
    await using tmux = new Tmux(machine.path, env);
    await tmux.start(80, 24);
    const call = `${binaryPath()} metrics --watch --interval 0.2`;
    await tmux.enter(call);
    await until("it shows a prompt", async () => await shown(tmux, "prompts") === "1");
    equal(await tmux.ask("cursor_flag"), "0");
    ok(await isShown(tmux, / ▶ engine +Bash /));

    await tmux.type("3g");
    await until("it shows a week", async () => await shown(tmux, "last") === "7d");
    await until(
      "it ranks models",
      async () => await isShown(tmux, / model +tokens/),
    );
    await tmux.type("?");
    await until(
      "it explains its keys",
      async () => await isShown(tmux, /pauses, and goes on/),
    );
    await tmux.type("?");

    const { server } = await startServe(machine);
    await using _server = server;
    transcript.prompt();
    await until("it shows another", async () => await shown(tmux, "prompts") === "2");
    await tmux.resize(60, 20);
    await until("it fits into 60 columns", async () => {
      const screen = await tmux.screen();
      return screen.length === 20 && /q quit$/.test(screen.at(-1)!);
    });
    transcript.prompt();
    await until("the server tells of it", async () => await shown(tmux, "prompts") === "3");
    ok(await isShown(tmux, /from the server$/));
    await server.stop("SIGKILL");
    transcript.prompt();
    await until("it goes on by itself", async () => await shown(tmux, "prompts") === "4");
    ok(await isShown(tmux, /from the database$/));

    await tmux.type("q");
    await assertRestored(tmux);
    const noted = `sh -c 'echo $$ > ${machine.path}/pid; exec ${call}'`;
    for (const signal of ["SIGTERM", "SIGHUP"] as const) {
      await tmux.enter(`clear; ${noted}; echo code-$?`);
      await until("it shows all prompts", async () => await shown(tmux, "prompts") === "4");
      Deno.kill(Number(Deno.readTextFileSync(`${machine.path}/pid`)), signal);
      await assertRestored(tmux);
      match((await tmux.screen()).join("\n"), /code-0/);
    }
  },
});

// Goal: the shell has its terminal while the screen is stopped, and the screen has it afterwards.
// Method: a real tmux, in which Ctrl+Z, bg and fg are typed, and signals come from outside.
Deno.test({
  name: "blueplane metrics --watch leaves the terminal at Ctrl+Z, and takes it again",
  // No tmux there.
  ignore: Deno.build.os === "windows",
  async fn() {
    using machine = tempMachine();
    const transcript = new Transcript(machine.claude).prompt();
    const { COLUMNS: _, ...env } = machine.env;
    await using tmux = new Tmux(machine.path, env);
    await tmux.start(80, 24);
    const noted = `sh -c 'echo $$ > ${machine.path}/pid; exec "$0" metrics --watch'`;
    await tmux.enter(`${noted} ${binaryPath()}`);
    const isThere = async () =>
      await tmux.ask("alternate_on") === "1" && await tmux.ask("cursor_flag") === "0" &&
      await isShown(tmux, /q quit$/);
    await until("it is there", isThere);
    const pid = Number(Deno.readTextFileSync(`${machine.path}/pid`));

    await tmux.type("\x1a");
    await assertRestored(tmux);
    // It may not draw into the shell's screen from behind.
    await tmux.enter("clear; bg");
    await tmux.enter("echo typed-$((40 + 3))");
    await until("the shell answers", async () => await isShown(tmux, /typed-43$/));
    equal(await tmux.ask("alternate_on"), "0");

    await tmux.enter("fg");
    await until("it is there again", isThere);
    await tmux.resize(60, 20);
    transcript.prompt();
    await until("it goes on", async () => await shown(tmux, "prompts") === "2");
    await tmux.type("3");
    await until("it hears its keys", async () => await shown(tmux, "last") === "7d");

    // From outside, without a word before.
    Deno.kill(pid, "SIGSTOP");
    await until("the shell is back", async () => await tmux.ask("pane_current_command") === "sh");
    // Whoever is stopped so gives no modes back: the key that ends a line is another.
    await tmux.type("clear\n");
    await until("its screen is lost", async () => !await isShown(tmux, /q quit$/));
    await tmux.type("fg\n");
    await until("it draws anew", isThere);
    await until("all is there", async () => await shown(tmux, "prompts") === "2");
    Deno.kill(pid, "SIGTSTP");
    await assertRestored(tmux);
    await tmux.enter("fg");
    await until("it is there once more", isThere);
    await tmux.type("q");
    await assertRestored(tmux);
  },
});
