/**
 * Holds what blueplane tells of one run of the real client against what is known of that run: its
 * transcripts come from a made-up API, so every count is known beforehand.
 */

import { deepEqual, equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { runHook } from "../../cli/commands/hook.ts";
import { HeldExports } from "../../capture/held_exports.ts";
import { serverCommands } from "../../cli/server_commands.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { decodeProtobuf } from "../../capture/otlp_protobuf.ts";
import type { Encoding } from "../../capture/otlp_request.ts";
import { recordedIo } from "../cli/recorded_io.ts";
import { asProtobuf } from "../helpers/as_protobuf.ts";
import type { Machine } from "../helpers/run_blueplane.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { askHere, machineWith, syncHere, type Told } from "../helpers/told.ts";

/** What a run's `truth.json` says, as far as it is held against. */
export interface RunTruth {
  readonly version: string;
  readonly scenario: string;
  readonly expect: Readonly<Record<string, number>> | null;
  readonly observed: { readonly tokens_unique_message_id: Readonly<Record<string, number>> };
}

/** What of a run is read beside its transcripts. */
export interface Sources {
  /** What the client called the hooks of blueplane with. */
  readonly hooks: boolean;
  /** In which encodings what the client exported over OTLP comes: twice, the last first. */
  readonly exports: readonly Encoding[];
}

/** Counts that nothing on disk tells of: in which versions, and why. */
export const NOT_VISIBLE: readonly NotVisible[] = [
  {
    count: "accepted",
    sources: { hooks: false, exports: [] },
    versions: ["1.0.128", "2.0.77", "2.1.112", "2.1.330"],
    why: "a transcript says that a tool ran, not that a person was asked before",
  },
  {
    count: "accepted",
    sources: { hooks: true, exports: [] },
    versions: ["1.0.128"],
    why: "no hook of this version tells that a person was asked",
  },
  {
    count: "api_errors",
    versions: ["1.0.128", "2.0.77", "2.1.112"],
    why: "a call that is tried again with success leaves no line and calls no hook",
  },
];

interface NotVisible {
  readonly count: string;
  readonly versions: readonly string[];
  /** Only then; always, where it is not given. */
  readonly sources?: Sources;
  readonly why: string;
}

type Count = (told: Told) => number | null;

/** Where each count of a truth stands in the reports. */
const COUNTS: Readonly<Record<string, Count>> = {
  sessions: ({ metrics }) => metrics.totals.sessions,
  user_prompts: ({ metrics }) => metrics.totals.user_prompts,
  bash_mode: ({ metrics }) => metrics.totals.bash_inputs,
  compactions: ({ metrics }) => metrics.totals.compactions,
  clears: ({ metrics }) => metrics.totals.clears,
  api_errors: ({ metrics }) => metrics.totals.api_errors,
  accepted: ({ metrics }) => metrics.totals.permissions_granted,
  tool_uses: ({ metrics }) => metrics.totals.tool_uses,
  tool_errors: (told) => results(told) - kind(told, "ok"),
  rejections: (told) => kind(told, "rejected"),
  rejected: (told) => kind(told, "rejected"),
  denied: (told) => kind(told, "permission_denied") + kind(told, "hook_blocked"),
  interrupted_tool: (told) => kind(told, "interrupted"),
  interrupted_stream: (told) => told.metrics.totals.interruptions! - kind(told, "interrupted"),
  subagents: ({ sessions }) => sessions.reduce((sum, { subagents }) => sum + subagents!, 0),
};

/** What the scenarios say beside: how often a person typed, however often it was copied. */
const TYPED: Readonly<Record<string, number>> = { resume: 5, sigkill: 2 };

/** Totals of which an export tells what no transcript does; it is evidence of edits, too. */
const EXPORTS_TELL: ReadonlySet<string> = new Set(["permissions_granted", "permission_requests"]);
/**
 * The same of hooks: when sessions began and ended, and in which mode an edit was made, on which
 * its verdict and all that is reckoned from that hang.
 */
const HOOKS_TELL =
  /^(permission|duration_ms$|active_ms$|acceptance$|cost_|priced_|kept|productivity)/;

/** Counts that are null where there were none: no line says so. */
const NULL_IF_NONE: ReadonlySet<string> = new Set(["accepted", "api_errors"]);

/** Reads a run's folder into a home of its own, and holds all that is told against its truth. */
export async function holdRun(folder: string, sources: Sources): Promise<Told> {
  const truth = readTruth(folder);
  using machine = machineWith(`${folder}/projects`);
  if (sources.hooks) await callHooks(machine, hooksIn(folder));
  if (sources.exports.length > 0) {
    const bodies = exportsIn(folder, sources.exports).reverse();
    await sendExports(machine, [...bodies, ...bodies.slice(0, 3), ...bodies]);
  }

  const { lines_malformed, lines_unknown } = await syncHere(machine);
  const told = await askHere(machine);

  deepEqual({ lines_malformed, lines_unknown }, { lines_malformed: 0, lines_unknown: 0 });
  const tokens = told.metrics.totals.tokens;
  deepEqual({
    input_tokens: tokens.input,
    output_tokens: tokens.output,
    cache_read_input_tokens: tokens.cache_read,
    cache_creation_input_tokens: tokens.cache_creation,
  }, truth.observed.tokens_unique_message_id);
  deepEqual(stated(told, truth), wanted(truth, sources));
  deepEqual(sumsOf(told), told.metrics.totals.tokens);
  deepEqual(told.metrics.exported?.unknown ?? {}, {});
  equal((await syncHere(machine)).bytes, 0);
  return told;
}

function readTruth(folder: string): RunTruth {
  const truth: RunTruth = JSON.parse(Deno.readTextFileSync(`${folder}/truth.json`));
  const typed = TYPED[truth.scenario];
  return typed === undefined ? truth : { ...truth, expect: { user_prompts: typed } };
}

function stated(told: Told, { expect }: RunTruth): Record<string, number | null> {
  return Object.fromEntries(
    Object.keys(expect ?? {}).map((name) => {
      const count = COUNTS[name];
      if (!count) throw new Error(`Cannot hold ${name} against a report: it is not known`);
      return [name, count(told)];
    }),
  );
}

/** A call of a hook, as it was recorded. */
export interface HookCall {
  /** When the client made it. */
  readonly ts: string;
  readonly stdin: unknown;
}

/** A body that a client exported. */
export interface ExportBody {
  readonly signal: "logs" | "metrics" | "traces";
  readonly encoding: Encoding;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Calls our hook with each payload of a run, at the moment at which the client sent it. */
export async function callHooks(machine: Machine, calls: readonly HookCall[]): Promise<void> {
  for (const { ts, stdin } of calls) {
    const clock = new VirtualClock(Date.parse(ts));
    const io = recordedIo(machine, [], { stdin: JSON.stringify(stdin), clock });
    await runHook(io, {}, {}, "claude_code");
  }
}

/** Sends each body of a run as the client did. */
export async function sendExports(
  machine: Machine,
  bodies: readonly ExportBody[],
): Promise<void> {
  const workspace = openWorkspace(recordedIo(machine, []), { color: false, sync: true });
  const trouble = () => undefined, pipeline = () => undefined;
  const held = new HeldExports(workspace.gate);
  const { takeExport } = serverCommands(workspace, { pipeline, held, trouble });
  for (const { signal, encoding, body } of bodies) {
    const answer = await takeExport(signal, encoding, body);
    deepEqual(new TextDecoder().decode(answer), encoding === "json" ? "{}" : "");
  }
}

/** The calls of hooks of a run, the first first. */
export function hooksIn(folder: string): HookCall[] {
  return linesIn(`${folder}/hooks.jsonl`).map((line) => JSON.parse(line));
}

/** The bodies that a run's client exported: as it sent them, and in the other encoding. */
export function exportsIn(folder: string, encodings: readonly Encoding[]): ExportBody[] {
  return (["logs", "metrics", "traces"] as const).flatMap((signal) =>
    linesIn(`${folder}/otlp/${signal}.jsonl`).flatMap((line) => {
      const { body, protobuf_base64: base64 } = JSON.parse(line);
      const sent = base64 === undefined ? undefined : Buffer.from(base64, "base64");
      const request = sent ? decodeProtobuf(sent, signal) : body;
      const bytes = {
        json: () => new TextEncoder().encode(JSON.stringify(request)),
        protobuf: () => sent ?? asProtobuf(request, signal),
      };
      return encodings.map((encoding) => ({
        signal,
        encoding,
        body: new Uint8Array(bytes[encoding]()),
      }));
    })
  );
}

function linesIn(path: string): string[] {
  try {
    return Deno.readTextFileSync(path).trim().split("\n").filter(Boolean);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Which sources a run's folder has beside its transcripts. */
export function sourcesIn(folder: string): Sources {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  const exports = names.includes("otlp") ? ["json", "protobuf"] as const : [];
  return { hooks: names.includes("hooks.jsonl"), exports };
}

/** The counts of a truth; null where nothing on disk can tell, or none is told as null. */
function wanted({ version, expect }: RunTruth, sources: Sources): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(expect ?? {}).map(([name, count]) => {
      const isVisible = !NOT_VISIBLE.some((entry) =>
        entry.count === name && entry.versions.includes(version) &&
        isSame(entry.sources ?? sources, sources)
      );
      return [name, !isVisible || (count === 0 && NULL_IF_NONE.has(name)) ? null : count];
    }),
  );
}

function isSame(a: Sources, b: Sources): boolean {
  return a.hooks === b.hooks && (a.exports.length > 0) === (b.exports.length > 0);
}

/** Sessions add up to the whole. */
function sumsOf({ sessions }: Told) {
  const sum = (name: keyof Told["metrics"]["totals"]["tokens"]) =>
    sessions.reduce((all, { tokens }) => all + tokens[name]!, 0);
  return {
    input: sum("input"),
    output: sum("output"),
    cache_read: sum("cache_read"),
    cache_creation: sum("cache_creation"),
  };
}

function results({ metrics }: Told): number {
  return Object.values(metrics.totals.tool_results_by_kind!).reduce((sum, n) => sum + n, 0);
}

function kind({ metrics }: Told, name: string): number {
  return metrics.totals.tool_results_by_kind![name]!;
}

/** The totals of a run, without what a source knows beyond its transcripts. */
export function totalsOf(
  { metrics }: Told,
  source: "hooks" | "exports",
): Record<string, unknown> {
  // Names of servers are hashed with the key of each home.
  const { evidence: _, ...acceptance } = metrics.totals.acceptance ?? {};
  const plain = JSON.stringify({ ...metrics.totals, acceptance })
    .replaceAll(/"mcp:[0-9a-f]{8}"/g, '"mcp"');
  const isBeyond = (name: string) =>
    source === "hooks" ? HOOKS_TELL.test(name) && name !== "cost_usd" : EXPORTS_TELL.has(name);
  return Object.fromEntries(
    Object.entries(JSON.parse(plain)).filter(([name]) => !isBeyond(name)),
  );
}
