/** Tests of the conversation tree with the binary, over transcripts of a real shape. */

import { deepEqual, equal } from "node:assert/strict";
import { type Machine, runBinary, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

type Fields = Readonly<Record<string, unknown>>;

const START = Date.UTC(2026, 2, 1, 12);

/** A transcript whose lines stand behind lines that a test names. */
class Thread {
  readonly transcript: Transcript;
  readonly #session: number;
  #count = 0;

  constructor(machine: Machine, session: number, startedAt = START) {
    this.#session = session;
    this.transcript = new Transcript(machine.claude, { session, startedAt });
  }

  get id(): string {
    return this.transcript.sessionId;
  }

  /** The uuid of a line, by its name. */
  uuid(name: string): string {
    return `${name.padEnd(8, "0")}-0000-4000-8000-${String(this.#session).padStart(12, "0")}`;
  }

  /** A line behind another one, or behind none. */
  add(type: string, name: string, before: string | null, fields: Fields): this {
    const parentUuid = before === null ? null : this.uuid(before);
    this.transcript.add(type, { uuid: this.uuid(name), parentUuid, ...fields });
    return this;
  }

  prompt(name: string, before: string | null): this {
    return this.add("user", name, before, {
      message: { role: "user", content: `Do ${this.uuid(name)}` },
    });
  }

  /** An answer; with `edit` one that edits a file, and the result of that, named `r…`. */
  answer(name: string, before: string, edit?: string): this {
    const input = { file_path: `/home/ada/engine/${edit}`, old_string: "a", new_string: "b" };
    return edit === undefined
      ? this.call(name, before, [{ type: "text", text: "Done." }])
      : this.call(name, before, [this.use(name, "Edit", input)])
        .result(`r${name}`, name, { structuredPatch: [{ lines: ["-a", "+b"] }] });
  }

  use(name: string, tool: string, input: Fields = {}): Fields {
    return { type: "tool_use", id: `toolu_${this.#session}${name}`, name: tool, input };
  }

  call(name: string, before: string, content: readonly Fields[], fields: Fields = {}): this {
    return this.add("assistant", name, before, { ...fields, message: this.message(content) });
  }

  message(content: readonly Fields[]): Fields {
    return {
      id: `msg_${this.#session}${this.#count++}`,
      role: "assistant",
      model: "claude-opus-4-5",
      stop_reason: "end_turn",
      content,
      usage: { input_tokens: 10, output_tokens: 20 },
    };
  }

  result(name: string, before: string, toolUseResult: Fields): this {
    const block = {
      type: "tool_result",
      tool_use_id: `toolu_${this.#session}${before}`,
      content: "ok",
    };
    const message = { role: "user", content: [block] };
    return this.add("user", name, before, { message, toolUseResult });
  }

  /** What the client found of its files when a line was typed. */
  snapshot(of: string, second: number, changed: readonly string[] = []): this {
    const timestamp = new Date(START + second * 1000).toISOString();
    const trackedFileBackups = Object.fromEntries(changed.map((name) => [name, {
      backupFileName: "x@v1",
      version: 1,
      backupTime: timestamp,
      realParentDir: "/home/ada/engine",
    }]));
    const snapshot = { messageId: this.uuid(of), trackedFileBackups, timestamp };
    const line = { type: "file-history-snapshot", messageId: this.uuid(of), snapshot };
    this.transcript.write(`${JSON.stringify({ ...line, isSnapshotUpdate: false })}\n`);
    return this;
  }
}

/** One edit is kept, one is committed and then rewound, one restored, one kept by its file. */
function writeRewinds(machine: Machine): string {
  const thread = new Thread(machine, 1).prompt("p1", null).answer("a1", "p1", "a.ts")
    .answer("b1", "ra1").prompt("p2", "b1").answer("a2", "p2", "b.ts");
  thread.call("k2", "ra2", [thread.use("k2", "Bash", { command: "git commit" })])
    .result("rk2", "k2", { gitOperation: { commit: { sha: "abc" } } })
    .prompt("p3", "b1").snapshot("p3", 9).answer("a3", "p3", "c.ts").answer("b3", "ra3")
    // A rewind within what is rewound later.
    .prompt("p4", "b3").answer("a4", "p4", "d.ts")
    .prompt("p5", "b3").snapshot("p5", 17, ["d.ts"]).answer("b5", "p5")
    .prompt("p6", "b1").snapshot("p6", 19).answer("b6", "p6");
  return thread.id;
}

/** Much that looks like a branch and is none. */
function writeStraight(machine: Machine): string {
  const thread = new Thread(machine, 2).prompt("p1", null);
  const note = (name: string, before: string) =>
    thread.add("attachment", name, before, { attachment: { type: "date", date: "2026-03-01" } });
  note("n1", "p1").call("a1", "n1", [thread.use("a1", "Read")])
    .call("a2", "a1", [thread.use("a2", "Read")])
    .result("r1", "a1", {}).result("r2", "a2", {}).answer("b1", "r2");
  thread.add("system", "e1", "b1", { subtype: "turn_duration", durationMs: 5 });
  // Two lines of one moment are a history that was written anew.
  const timestamp = new Date(START + 9000).toISOString();
  for (const name of ["p2", "q2"]) {
    thread.add("user", name, "e1", { timestamp, message: { role: "user", content: name } });
  }
  thread.answer("b2", "q2");
  thread.add("system", "c1", null, {
    subtype: "compact_boundary",
    logicalParentUuid: thread.uuid("b2"),
    compactMetadata: { trigger: "auto", preTokens: 5 },
  });
  const summary = { isCompactSummary: true, message: { role: "user", content: "So far" } };
  thread.add("user", "s1", "c1", summary).prompt("p3", "s1").answer("b3", "p3");
  return thread.id;
}

/** An agent that started another one, which was broken off: its own file alone tells of it. */
function writeAgents(machine: Machine): string {
  const thread = new Thread(machine, 3).prompt("p1", null);
  const folder = thread.transcript.path.replace(/\.jsonl$/, "/subagents");
  Deno.mkdirSync(folder, { recursive: true });
  const writeAgent = (
    agent: string,
    second: number,
    content: readonly Fields[],
    meta?: Fields,
  ) => {
    const line = thread.transcript.line("assistant", {
      isSidechain: true,
      agentId: agent,
      timestamp: new Date(START + second * 1000).toISOString(),
      message: thread.message(content),
    });
    Deno.writeTextFileSync(`${folder}/agent-${agent}.jsonl`, `${line}\n`);
    if (meta === undefined) return;
    Deno.writeTextFileSync(`${folder}/agent-${agent}.meta.json`, JSON.stringify(meta));
  };
  const explore = { subagent_type: "Explore", prompt: "x", description: "x" };
  thread.call("a1", "p1", [thread.use("a1", "Agent", explore)]);
  writeAgent("a0000001", 4, [thread.use("inner", "Agent", { subagent_type: "Plan" })]);
  const inner = { agentType: "Plan", toolUseId: "toolu_3inner", description: "x" };
  writeAgent("a0000002", 5, [{ type: "text", text: "x" }], inner);
  thread.result("ra1", "a1", { status: "completed", agentId: "a0000001" }).answer("b1", "ra1");
  return thread.id;
}

/** Copies a session whole, as a fork does that goes on an hour later. */
function forkSession(machine: Machine, path: string, id: string): string {
  const fork = new Thread(machine, 4, START + 3_600_000);
  fork.transcript.write(Deno.readTextFileSync(path).replaceAll(id, fork.id));
  fork.prompt("p7", "b6");
  return fork.id;
}

Deno.test("blueplane analyze tells what was rewound, and whose sub-agents are whose", async () => {
  using machine = tempMachine();
  const rewinds = writeRewinds(machine), straight = writeStraight(machine);
  const agents = writeAgents(machine);
  const path = new Transcript(machine.claude, { session: 1 }).path;
  const fork = forkSession(machine, path, rewinds);
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runBinary(machine, args);
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    return JSON.parse(stdout);
  };

  const { sessions } = await run("sessions", "--json");
  const rewound = new Map<string, number>(
    sessions.map((
      session: Record<string, number>,
    ) => [session.session_id, session.rewound_turns]),
  );
  deepEqual([rewinds, straight, agents, fork].map((id) => rewound.get(id)), [4, 0, 0, 0]);

  const { session, turns } = await run("analyze", rewinds, "--json");
  deepEqual(turns.map((turn: Fields) => turn.rewound), [false, true, true, true, true, false]);
  const { accepted, undone, modified, evidence } = session.acceptance;
  // What was committed stays, what the client found changed was kept, the one between was not.
  deepEqual([accepted, undone, modified], [3, 1, 0]);
  deepEqual(evidence, { ran: 1, committed: 2 });

  const tree = await run("analyze", agents, "--json");
  const [{ subagents: [explore, ...others] }] = tree.turns;
  equal(others.length, 0);
  deepEqual([explore.type, explore.outcome, explore.tool_calls], ["Explore", "ok", 1]);
  deepEqual(explore.tokens, { input: 10, output: 20, cache_read: 0, cache_creation: 0 });
  const [plan] = explore.subagents;
  deepEqual([plan.type, plan.outcome, plan.responses, plan.subagents], ["Plan", null, 1, []]);
});
