/** What can happen next in a simulation: each with its weight and what it does. */

import { Faults } from "../helpers/faults.ts";
import type { SimMachine } from "./sim_machine.ts";
import { SimProcess } from "./sim_process.ts";
import type { SimStage } from "./sim_stage.ts";

/** Does something. @returns what it did, undefined where it cannot be done now */
export type Act = (stage: SimStage, machine: SimMachine) => Promise<string | undefined>;

/** One kind of step. */
export interface Step {
  readonly weight: number;
  readonly name: string;
  readonly needsRedis?: true;
  readonly act: Act;
}

const SECOND_MS = 1000, MINUTE_MS = 60_000, HOUR_MS = 3_600_000, DAY_MS = 86_400_000;
const TRANSCRIPTS_MAX = 8;
const PASSES_MS = [
  ...[5, 300, SECOND_MS, 4 * SECOND_MS, 4 * SECOND_MS, 40 * SECOND_MS, 40 * SECOND_MS],
  ...[10 * MINUTE_MS, HOUR_MS, 26 * HOUR_MS, 3 * DAY_MS],
];
const HOOKS = ["SessionStart", "Stop", "PreCompact", "SessionEnd", "PostToolUse", "PostToolUse"];
const REFUSED = ["claude_raw_traces", "responses", "inputs", "tool_calls", "turns"];

/** All kinds. */
export const STEPS: readonly Step[] = [
  { weight: 30, name: "write", act: write },
  { weight: 8, name: "hook", act: hook },
  { weight: 5, name: "file", act: changeFile },
  { weight: 30, name: "pass", act: pass },
  { weight: 14, name: "start", act: start },
  { weight: 6, name: "kill", act: kill },
  { weight: 2, name: "stop", act: stop },
  { weight: 4, name: "sync", act: sync },
  { weight: 6, name: "statement fails", act: failStatement },
  { weight: 4, name: "disk", act: fillDisk },
  { weight: 2, name: "clock", act: setBack },
  { weight: 2, name: "rebuild", act: rebuild },
  { weight: 3, name: "refuse", act: refuse },
  { weight: 2, name: "plant", act: plant },
  { weight: 2, name: "replay", act: replay },
  { weight: 3, name: "redis loses all", needsRedis: true, act: flush },
  { weight: 6, name: "command fails", needsRedis: true, act: failCommand },
  { weight: 4, name: "redis is away", needsRedis: true, act: hideRedis },
];

async function write({ world }: SimStage, machine: SimMachine) {
  const { transcripts } = machine;
  const isNew = transcripts.length === 0 ||
    transcripts.length < TRANSCRIPTS_MAX && world.random() < 0.2;
  const isFork = isNew && transcripts.length > 0 && world.random() < 0.4;
  const transcript = isNew
    ? machine.addTranscript(isFork ? world.pick(transcripts) : undefined)
    : world.pick(transcripts);
  const turns = 1 + world.upTo(4);
  for (let turn = 0; turn < turns; turn++) transcript.turn(world.random);
  const isWhole = world.random() < 0.7;
  const bytes = isWhole ? transcript.missing : world.upTo(transcript.missing);
  transcript.append(bytes, world.clock.now());
  if (world.random() < 0.5) world.watch.tell(transcript.place);
  const kind = isFork ? "a fork" : isNew ? "a new session" : "a session";
  return `${turns} turns of ${kind}, ${isWhole ? "whole" : `${bytes} bytes`}`;
}

async function hook({ world }: SimStage, machine: SimMachine) {
  if (machine.transcripts.length === 0) return undefined;
  const transcript = world.pick(machine.transcripts);
  const name = world.pick(HOOKS);
  const use = world.pick(transcript.uses);
  if (name === "PostToolUse" && use === undefined) return undefined;
  const call = name === "PostToolUse" ? { tool_use_id: use, tool_name: "Edit" } : {};
  if (name === "PostToolUse") transcript.answer(use!);
  const payload = { session_id: transcript.sessionId, cwd: "/home/ada/engine" };
  await machine.callHook({ ...payload, hook_event_name: name, ...call });
  return name;
}

async function changeFile({ world }: SimStage, machine: SimMachine) {
  if (machine.transcripts.length === 0) return undefined;
  const transcript = world.pick(machine.transcripts);
  const now = world.clock.now();
  const bytes = world.upTo(Deno.statSync(transcript.place).size + 1);
  const kind = world.pick(["truncate", "replace", "move"] as const);
  if (kind === "move") transcript.move(`-home-ada-place${world.upTo(3)}`);
  else transcript[kind](bytes, now);
  return `${kind}${kind === "move" ? "" : ` ${bytes}`}`;
}

async function pass({ world }: SimStage) {
  const ms = world.pick(PASSES_MS);
  await world.pass(ms);
  return `${ms} ms`;
}

async function start({ world }: SimStage, machine: SimMachine) {
  if (machine.service) return undefined;
  const process = new SimProcess();
  const statements = world.random() < 0.3 ? world.upTo(400) : undefined;
  if (statements !== undefined) process.killAfter(statements);
  const failed = await machine.start(process);
  return `${statements === undefined ? "" : `killed after ${statements}`} ${failed}`;
}

async function kill({ world }: SimStage, machine: SimMachine) {
  const process = machine.service?.process;
  const statements = world.upTo(400);
  if (!process) return undefined;
  if (world.random() < 0.5) {
    process.killAfter(statements);
    return `after ${statements} statements`;
  }
  process.kill();
  return "now";
}

async function stop(_: SimStage, machine: SimMachine) {
  if (!machine.service) return undefined;
  await machine.stop();
  return "";
}

async function sync({ world }: SimStage, machine: SimMachine) {
  if (machine.service || !machine.isMain) return undefined;
  const process = new SimProcess();
  const trouble = world.pick(["", "killed", "fails"]);
  const calls = world.upTo(600);
  if (trouble === "killed") process.killAfter(calls);
  if (trouble === "fails") process.statementFault = new Faults(calls, "after");
  return `${trouble} ${calls} ${await machine.catchUp(process)}`;
}

async function failStatement({ world }: SimStage, machine: SimMachine) {
  const nth = 1 + world.upTo(100), moment = world.pick(["before", "after"] as const);
  if (!machine.service) return undefined;
  machine.service.process.statementFault = new Faults(nth, moment);
  return `${moment} ${nth}`;
}

async function failCommand({ world }: SimStage, machine: SimMachine) {
  const nth = 1 + world.upTo(20), moment = world.pick(["before", "after"] as const);
  if (!machine.service) return undefined;
  machine.service.process.commandFault = new Faults(nth, moment);
  return `${moment} ${nth}`;
}

async function fillDisk(_: SimStage, machine: SimMachine) {
  const process = machine.service?.process;
  if (!process) return undefined;
  process.isDiskFull = !process.isDiskFull;
  return process.isDiskFull ? "full" : "has room";
}

async function hideRedis(_: SimStage, machine: SimMachine) {
  const process = machine.service?.process;
  if (!process) return undefined;
  process.isRedisAway = !process.isRedisAway;
  return process.isRedisAway ? "gone" : "back";
}

async function refuse({ world }: SimStage, machine: SimMachine) {
  const table = world.pick(REFUSED);
  const process = machine.service?.process;
  if (!process) return undefined;
  process.refused = process.refused ? undefined : new RegExp(`insert.* into ${table}`, "s");
  return process.refused ? `rows of ${table}` : "nothing any more";
}

async function setBack({ world }: SimStage) {
  const ms = world.pick([SECOND_MS, MINUTE_MS, 2 * HOUR_MS]);
  world.clock.setBack(ms);
  return `${ms} ms back`;
}

async function rebuild(stage: SimStage) {
  return stage.ask("rebuild", {}) ? "" : undefined;
}

async function replay(stage: SimStage) {
  return stage.ask("replay", { all: true }) ? "" : undefined;
}

async function plant(stage: SimStage) {
  stage.plant();
  return "";
}

async function flush({ world }: SimStage) {
  await world.flushRedis();
  return "";
}
