/** Tests of `blueplane metrics --watch` in this process; the e2e tests see it in a terminal. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { run } from "../../cli/run.ts";
import { type Machine, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { type RecordedIo, recordedIo, type RecordedOptions, runHere } from "./recorded_io.ts";

const OPEN = "\x1b[?1049h\x1b[?25l\x1b[?7l", CLOSE = "\x1b[?7h\x1b[?25h\x1b[?1049l";
const WATCH = ["metrics", "--watch", "--interval", "0.2"];

/** Starts it; what is awaited at the end is its exit code. */
function watch(machine: Machine, args: readonly string[], options: RecordedOptions = {}) {
  const io = recordedIo(machine, [...WATCH, ...args], options);
  return { io, ended: run(io) };
}

/** Prompts, as the screen shows them: the last that were drawn. */
function prompts({ stdout }: RecordedIo): string | undefined {
  return [...stdout.text.matchAll(/ prompts +(\d+)/g)].at(-1)?.[1];
}

function messages({ stdout }: RecordedIo) {
  return stdout.text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
}

/** What stderr holds but the bar of a first reading, which a slow machine shows and takes away. */
function told({ stderr }: RecordedIo): string {
  const texts = stderr.text.split("\r\x1b[K");
  return texts.filter((text) => !text.startsWith("reading ")).join("");
}

Deno.test("runWatch() shows what is appended, until q is pressed", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const { io, ended } = watch(machine, [], { isTerminal: true });
  await until("it shows the first", () => prompts(io) === "1");
  transcript.prompt();
  await until("it shows the second", () => prompts(io) === "2");

  io.press("x");
  io.press("q");

  equal(await ended, 0);
  ok(io.stdout.text.startsWith(OPEN) && io.stdout.text.endsWith(CLOSE));
  equal(io.stdout.text.split(OPEN).length, 2);
  deepEqual([told(io), io.listeners()], ["", 0]);
});

Deno.test("runWatch() gives the terminal back, when it is interrupted or fails", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  for (const end of ["interrupt", "fail"]) {
    const { io, ended } = watch(machine, [], { isTerminal: true });
    await until("it shows something", () => prompts(io) === "1");
    if (end === "interrupt") io.interrupt();
    else Deno.writeTextFileSync(`${machine.home}/prices.json`, "no JSON");

    equal(await ended, end === "interrupt" ? 0 : 2);
    ok(io.stdout.text.endsWith(CLOSE));
    equal(io.listeners(), 0);
    match(told(io), end === "interrupt" ? /^$/ : /^error: Cannot /);
  }
});

Deno.test("runWatch() ends during its first reading, at q and at Ctrl+C", async () => {
  for (const end of ["q", "interrupt"]) {
    using machine = tempMachine();
    for (let session = 1; session <= 8; session++) {
      const transcript = new Transcript(machine.claude, { session });
      for (let i = 0; i < 400; i++) transcript.response({ text: "x".repeat(2000) });
    }
    const { io, ended } = watch(machine, [], { isTerminal: true });
    await until("it listens", () => io.listeners() >= 2);

    if (end === "q") io.press("q");
    else io.interrupt();

    equal(await ended, end === "q" ? 0 : 130);
    equal(io.stdout.text, "");
    equal(io.listeners(), 0);
    const { stdout } = await runHere(machine, ["sessions", "--json", "--no-sync"]);
    ok(JSON.parse(stdout).total < 8);
  }
});

Deno.test("runWatch() shows a session by how its id begins, if there is one", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude, { session: 2 }).prompt();
  const transcript = new Transcript(machine.claude).prompt().prompt();
  const short = transcript.sessionId.slice(0, 8);
  const { io, ended } = watch(machine, ["--session", short], { isTerminal: true });
  await until("it shows the session", () => prompts(io) === "2");
  io.press("q");
  equal(await ended, 0);

  const none = watch(machine, ["--session", "0000000f"], { isTerminal: true });
  equal(await none.ended, 3);
  deepEqual([none.io.stdout.text, none.io.listeners()], ["", 0]);
});

Deno.test("runWatch() says what is odd of a filter, before the screen", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  const { io, ended } = watch(machine, ["--project", "engin"], { isTerminal: true });
  await until("it shows something", () => prompts(io) !== undefined);

  io.press("q");

  equal(await ended, 0);
  equal(told(io), "note: no project is called engin; the nearest is engine\n");
});

Deno.test("runWatch() shows another period, when its key is pressed", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude, { startedAt: Date.now() - 3 * 3_600_000 }).prompt();
  const { io, ended } = watch(machine, ["-p", "1h"], { isTerminal: true });
  await until("it shows an hour", () => /last 1h/.test(io.stdout.text) && prompts(io) === "0");

  io.press("3");

  await until("it shows a week", () => /last 7d/.test(io.stdout.text) && prompts(io) === "1");
  io.press("q");
  equal(await ended, 0);
});

Deno.test("runWatch() shows a platform, help and a pause, when keys are pressed", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const { io, ended } = watch(machine, [], { isTerminal: true });
  const shows = (what: RegExp) => until(`${what}`, () => what.test(io.stdout.text));
  await until("it shows the prompt", () => prompts(io) === "1");
  for (const key of "cc") io.press(key);
  await until("Cursor has none", () => prompts(io) === "0");
  io.press("c");
  await until("all are shown", () => prompts(io) === "1");
  io.press("?");
  await shows(/pauses, and goes on/);
  io.press("?");
  io.press(" ");
  await shows(/paused/);
  const drawn = io.stdout.text.length;
  transcript.prompt();
  await until("its age is drawn", () => /updated [2-9] s ago/.test(io.stdout.text.slice(drawn)));
  equal(prompts(io), "1");
  io.press(" ");
  await until("it goes on", () => prompts(io) === "2");
  io.press("q");
  equal(await ended, 0);
});

Deno.test("runWatch() shows what is chosen while it is paused, and no more", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const { io, ended } = watch(machine, [], { isTerminal: true });
  await until("it shows the prompt", () => prompts(io) === "1");
  io.press(" ");
  await until("it pauses", () => /paused/.test(io.stdout.text));

  transcript.prompt();
  io.press("3");
  await until("it shows a week", () => /last 7d/.test(io.stdout.text) && prompts(io) === "2");
  transcript.prompt();
  const drawn = io.stdout.text.length;
  await until("its age is drawn", () => /updated [2-9] s ago/.test(io.stdout.text.slice(drawn)));

  equal(prompts(io), "2");
  io.press("q");
  equal(await ended, 0);
});

Deno.test("runWatch() names a project that begins meanwhile", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  const { io, ended } = watch(machine, [], { isTerminal: true });
  await until("it shows the first", () => / {2}engine /.test(io.stdout.text));

  new Transcript(machine.claude, { session: 2, cwd: "/home/ada/rocket" }).prompt();

  await until("it shows the other", () => / {2}rocket /.test(io.stdout.text));
  io.press("q");
  equal(await ended, 0);
});

Deno.test("runWatch() draws with ASCII bars, when the terminal has no others", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  for (const env of [{ TERM: "linux" }, { LC_ALL: "C" }]) {
    const { io, ended } = watch(machine, [], { isTerminal: true, env });
    await until("it shows a prompt", () => prompts(io) === "1");
    io.press("q");
    equal(await ended, 0);
    ok(!/[▁▂▃▄▅▆▇█]/.test(io.stdout.text));
  }
});

Deno.test("runWatch() gives the terminal back once, when an error ends the process", async () => {
  using machine = tempMachine();
  const { io, ended } = watch(machine, [], { isTerminal: true });
  await until("it shows something", () => prompts(io) === "0");

  io.crash();

  ok(io.stdout.text.endsWith(CLOSE));
  io.press("q");
  await ended;
  equal(io.stdout.text.split(CLOSE).length, 2);
});

Deno.test("runWatch() keeps warnings from the screen, and tells each at the end", async () => {
  using machine = tempMachine();
  const { io, ended } = watch(machine, [], { isTerminal: true });
  await until("it shows something", () => prompts(io) === "0");
  Deno.mkdirSync(`${machine.home}/spool`, { recursive: true });
  const broken = `${machine.home}/spool/1772366400000-ab.jsonl`;
  for (const count of ["1", "2"]) {
    Deno.writeTextFileSync(broken, "no event");
    new Transcript(machine.claude, { session: Number(count) }).prompt();
    await until("it shows a prompt", () => prompts(io) === count);
    await until("the file is gone", () => !existsSync(broken));
  }
  equal(io.stderr.text, "");

  io.press("q");

  equal(await ended, 0);
  const said = io.stderr.text.trimEnd().replace(/\s+/g, " ");
  equal(said, `warning: Cannot use what a hook left: it is broken (${broken})`);
});

Deno.test("runWatch() prints a line of JSON for each change, and none without one", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const { io, ended } = watch(machine, ["--json"]);
  await until("it prints a snapshot", () => messages(io).length === 1);
  transcript.prompt();
  // Where nothing changes for long it says that it is there.
  const news = () => messages(io).filter(({ type }) => type !== "heartbeat");
  await until("it prints a change", () => news().length === 2);

  io.interrupt();

  equal(await ended, 0);
  const [snapshot, change] = news();
  deepEqual(Object.keys(snapshot), [
    "schema",
    "type",
    "timestamp",
    "period",
    "source",
    "data",
  ]);
  deepEqual([snapshot.schema, snapshot.type], ["blueplane.live/1", "snapshot"]);
  deepEqual([snapshot.period, snapshot.source], ["24h", "database"]);
  equal(snapshot.data.user_prompts, 1);
  deepEqual([change.type, change.data.user_prompts], ["change", 2]);
  ok(!("sessions" in change.data));
  equal(told(io), "");
});

Deno.test("runWatch() ends, when nobody reads its lines any more", async () => {
  using machine = tempMachine();
  const { io, ended } = watch(machine, ["--json"]);
  io.stdout.isCut = true;

  equal(await ended, 0);
});

Deno.test("runWatch() says that Redis is away, on the screen and beside JSON", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  const env = { BLUEPLANE_REDIS_URL: "redis://127.0.0.1:1" };
  const why = "Cannot reach Redis: nothing listens at redis.url";
  const screen = watch(machine, [], { env, isTerminal: true, columns: 80 });
  await until("it says so", () => screen.io.stdout.text.includes(why));
  screen.io.press("q");
  deepEqual([await screen.ended, screen.io.stderr.text], [0, ""]);

  const lines = watch(machine, ["--json"], { env });
  await until("it prints a snapshot", () => messages(lines.io).length === 1);
  lines.io.interrupt();
  deepEqual([await lines.ended, lines.io.stderr.text], [0, `warning: ${why}\n`]);
});

Deno.test("runWatch() refuses what it cannot show, and where it cannot", async () => {
  using machine = tempMachine();
  const refused = async (args: readonly string[], options: RecordedOptions = {}) => {
    const { code, stdout, stderr } = await runHere(machine, args, options);
    deepEqual({ code, stdout }, { code: 2, stdout: "" });
    return stderr;
  };
  const isTerminal = { isTerminal: true };
  equal(
    await refused(WATCH),
    "error: Cannot watch: stdout is no terminal; use --json for lines of JSON\n",
  );
  equal(
    await refused(WATCH, { isTerminal: true, env: { TERM: "dumb" } }),
    "error: Cannot watch: this terminal is a dumb one; use --json for lines of JSON\n",
  );
  for (const more of [["--since", "2026-01-01"], ["--group-by", "tool"]]) {
    match(await refused([...WATCH, ...more], isTerminal), /^error: Cannot watch: --since/);
  }
  for (const seconds of ["0.1", "3601", "0", "-1", "soon", "1e3", ""]) {
    const stderr = await refused(["metrics", "--watch", `--interval=${seconds}`], isTerminal);
    equal(
      stderr,
      `error: Cannot use '${seconds}' for --interval: it is no number of seconds from 0.2 to ` +
        "3600\n",
    );
  }
});
