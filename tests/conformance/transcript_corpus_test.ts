/**
 * Real transcripts of five kinds, each counted by a few lines that read the file and nothing else,
 * and by the whole way from the file to the reports.
 */

import { deepEqual, equal } from "node:assert/strict";
import { runHere } from "../cli/recorded_io.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { askHere } from "../helpers/told.ts";

// deno-lint-ignore no-explicit-any -- lines of another program, whatever they hold
type Line = any;

const corpus = decodeURIComponent(
  new URL("../../../shared/corpus/claude", import.meta.url).pathname,
);
/** Where the corpus is not, as with whoever has the source alone, there is nothing to compare. */
const ignore = !isFolder(corpus);
const PAUSE_MAX_MS = 300_000;
/** Dollars for a million tokens: input, output, cache read, write for 5 minutes, for an hour. */
const PRICES: Readonly<Record<string, readonly number[]>> = {
  "claude-haiku-4-5-20251001": [1, 5, 0.1, 1.25, 2],
  "claude-opus-4-5-20251101": [5, 25, 0.5, 6.25, 10],
  "claude-sonnet-4-20250514": [3, 15, 0.3, 3.75, 6],
};
/** Whose requests of more tokens than that cost twice as much, output half as much more. */
const LONG = "claude-sonnet-4-20250514", LONG_ABOVE = 200_000;
const STREAMING =
  "-Users-testuser-Documents-GitHub-projects-example-project--worktrees-streaming";
/** By kind: its folder, and its file without the suffix. */
const SESSIONS = {
  "of an old client, with refusals": [
    "sniffly/-Users-chip-dev-ai-music",
    "fed8ce56-bc79-401f-a83e-af084253362f",
  ],
  "with a compaction": [
    "entire-cli/-Users-soph-Work-entire-devenv-cli",
    "d1423492-e4f5-4a86-a997-1f1c8d09a940",
  ],
  "with edits": [
    "entire-cli/-Users-gtrrz-victor-wks-cli",
    "48f428f9-72d8-40b2-9594-953019809473",
  ],
  "with interruptions and failures": [
    `episodic-memory/${STREAMING}`,
    "0fae0449-64d3-4788-8622-d3a47d82c14b",
  ],
  "with a sub-agent": [
    "session-share/-samples-claude-code-projects",
    "4b2030ed-5563-49ea-b703-6a002f2d3cc8",
  ],
} as const;

for (const [kind, [folder, name]] of Object.entries(SESSIONS)) {
  Deno.test({
    name: `blueplane counts a real session ${kind} as its lines do`,
    ignore,
    async fn() {
      const files = filesOf(`${corpus}/${folder}`, name);
      using machine = tempMachine();
      for (const file of files) {
        const path = `${machine.claude}/projects/${file.slice(`${corpus}/`.length)}`
          .replace(/projects\/[^/]+/, "projects");
        Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
        Deno.writeFileSync(path, Deno.readFileSync(file));
      }
      equal((await runHere(machine, ["sync", "--quiet"])).code, 0);

      const { sessions: [session], metrics } = await askHere(machine);

      const told = {
        tokens: session!.tokens,
        cost_micros: Math.round(session!.cost_usd! * 1e6),
        user_prompts: session!.user_prompts,
        interruptions: session!.interruptions,
        results: session!.tool_results_by_kind,
        lines: [session!.lines_added, session!.lines_removed],
        active_ms: session!.active_ms,
        turns: metrics.latency.turn_ms?.n,
      };
      deepEqual(told, countLines(files));
    },
  });
}

/** The file of a session and those of its sub-agents. */
function filesOf(folder: string, name: string): string[] {
  const below = `${folder}/${name}/subagents`;
  const agents = isFolder(below) ? [...Deno.readDirSync(below)].map(({ name }) => name) : [];
  return [`${folder}/${name}.jsonl`, ...agents.map((agent) => `${below}/${agent}`)]
    .filter((path) => path.endsWith(".jsonl"));
}

function countLines(files: readonly string[]) {
  const lines: Line[] = files.flatMap((file) =>
    Deno.readTextFileSync(file).trimEnd().split("\n").map((line) => JSON.parse(line))
  );
  const said = lines.filter(({ type, message }) =>
    type === "assistant" && message.model !== "<synthetic>"
  );
  const best = new Map<string, Line>();
  for (const { message } of said) {
    const known = best.get(message.id);
    if (!known || message.usage.output_tokens > known.usage.output_tokens) {
      best.set(message.id, message);
    }
  }
  const messages = [...best.values()];
  const sum = (of: (message: Line) => number) => messages.reduce((all, one) => all + of(one), 0);
  const typed = lines.filter(isTyped);
  const { results, added, removed, searches } = countResults(lines);
  return {
    tokens: {
      input: sum(({ usage }) => usage.input_tokens),
      output: sum(({ usage }) => usage.output_tokens),
      cache_read: sum(({ usage }) => usage.cache_read_input_tokens),
      cache_creation: sum(({ usage }) => usage.cache_creation_input_tokens),
    },
    cost_micros: sum(microsOf) + searches * 10_000,
    user_prompts: typed.filter((line) => !textOf(line).includes("<command-name>")).length,
    interruptions:
      lines.filter((line, i) =>
        /^\[Request interrupted by user( for tool use)?\]$/.test(textOf(line)) &&
        !isRefusal(lines[i - 1])
      ).length,
    results,
    lines: [added, removed],
    active_ms: activeMs(lines),
    turns: countTurns(lines, typed.map(timeOf)),
  };
}

function microsOf({ model, usage }: Line): number {
  const [input, output, read, write5m, write1h] = PRICES[model]!;
  const anHour = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  const written = usage.cache_creation_input_tokens, cached = usage.cache_read_input_tokens;
  const isLong = model === LONG && usage.input_tokens + cached + written > LONG_ABOVE;
  const [ofInput, ofOutput] = isLong ? [2, 1.5] as const : [1, 1] as const;
  return Math.round(
    ofOutput * usage.output_tokens * output! + ofInput * (usage.input_tokens * input! +
          cached * read! + (written - anHour) * write5m! + anHour * write1h!),
  );
}

function countResults(lines: readonly Line[]) {
  const kinds = "ok failed rejected interrupted permission_denied hook_blocked cancelled_sibling";
  const results = Object.fromEntries(kinds.split(" ").map((kind) => [kind, 0]));
  const answered = new Set<string>();
  let added = 0, removed = 0, searches = 0;
  for (const line of lines) {
    for (const block of resultsOf(line)) {
      if (answered.has(block.tool_use_id)) continue;
      answered.add(block.tool_use_id);
      results[kindOf(block)]!++;
      const told = line.toolUseResult ?? {};
      searches += told.searchCount ?? searchesIn(told);
      const changed = (told.structuredPatch ?? []).flatMap((hunk: Line) => hunk.lines);
      added += changed.filter((text: string) => text.startsWith("+")).length;
      removed += changed.filter((text: string) => text.startsWith("-")).length;
    }
  }
  return { results, added, removed, searches };
}

function searchesIn({ results = [] }: Line): number {
  return results.filter((found: unknown) => typeof found === "object").length;
}

function kindOf(block: Line): string {
  if (!block.is_error) return "ok";
  const text = typeof block.content === "string" ? block.content : block.content[0].text;
  if (/^The user doesn't want to (proceed|take this action)/.test(text)) return "rejected";
  return /^\[Request interrupted by user/.test(text) ? "interrupted" : "failed";
}

/** Stretches whose lines are at most five minutes apart, added up. */
function activeMs(lines: readonly Line[]): number {
  const times = lines.filter(({ type, subtype }) =>
    type === "user" || type === "assistant" || subtype === "turn_duration"
  ).map(timeOf).sort((a, b) => a - b);
  return times.reduce((sum, time, i) => {
    const gap = time - (times[i - 1] ?? time);
    return sum + (gap <= PAUSE_MAX_MS ? gap : 0);
  }, 0);
}

/** Things typed that something of the main thread came of, before the next was typed. */
function countTurns(lines: readonly Line[], typed: readonly number[]): number {
  const done = lines.filter((line) =>
    !line.isSidechain && (line.type === "assistant" || resultsOf(line).length > 0)
  ).map(timeOf);
  return typed.filter((from, i) =>
    done.some((time) => time >= from && time < (typed[i + 1] ?? Infinity))
  ).length;
}

/** A line of the main thread that a person typed: a prompt, or a command of the client. */
function isTyped(line: Line): boolean {
  const text = textOf(line);
  return line.type === "user" && !line.isMeta && !line.isSidechain && !line.isCompactSummary &&
    text !== "" && !/^(\[Request interrupted|<local-command|<command-message)/.test(text);
}

function isRefusal(line: Line): boolean {
  return resultsOf(line).some((block) => kindOf(block) === "rejected");
}

function resultsOf({ type, message }: Line): Line[] {
  const blocks = type === "user" && Array.isArray(message.content) ? message.content : [];
  return blocks.filter((block: Line) => block.type === "tool_result");
}

/** The text of a user's line, without that of results. */
function textOf({ type, message }: Line): string {
  if (type !== "user") return "";
  if (typeof message.content === "string") return message.content.trim();
  return message.content.map((block: Line) => block.text ?? "").join("").trim();
}

function timeOf({ timestamp }: Line): number {
  return Date.parse(timestamp);
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return false;
  }
}
