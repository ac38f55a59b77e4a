/**
 * Every parser is given what nobody would write, for FUZZ_SECONDS in all: it makes something of
 * it or refuses it with its own error, keeps no text of it, and comes to its end.
 */

import { deepEqual, ok } from "node:assert/strict";
import { type TempFolder, tempFolder } from "../core/temp_folder.ts";
import { ask, webContext } from "../web/open_web.ts";
import { filledHome } from "../helpers/filled_home.ts";
import { connectTo } from "../mcp/connected.ts";
import { TOOLS } from "../../mcp/tool_table.ts";
import { chanceOf, mutateBytes, mutateJson, pick } from "./mutants.ts";
import { type Parser, parsersIn } from "./parsers.ts";

const SECONDS = Number(Deno.env.get("FUZZ_SECONDS") || 24);
const SEED = Number(Deno.env.get("FUZZ_SEED") || 20261126);
const MARKER = /QZ 7X/;
/** What is held at once at most: an input is small, and nothing of it stays. */
const GROWTH_BYTES_MAX = 512 * 1024 * 1024;
const PARSERS = 17, FACES = 2;
const SHARE_MS = SECONDS * 1000 / (PARSERS + FACES);

let made: { readonly parsers: readonly Parser[]; readonly folder: TempFolder } | undefined;

/** All of them, and where they write: for all tests of this file. */
function parsersOnce() {
  if (made) return made;
  const folder = tempFolder();
  return made = { parsers: parsersIn(folder.path), folder };
}

/** Calls `use` with ever new chance until its time is over. @returns how often */
async function forItsTime(seed: number, use: (chance: () => number) => void | Promise<void>) {
  const end = performance.now() + SHARE_MS;
  let runs = 0;
  do await use(chanceOf(seed + runs++)); while (performance.now() < end);
  return runs;
}

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return new TextEncoder().encode(JSON.stringify(value));
}

function inputOf(seed: unknown, chance: () => number): Uint8Array {
  const isBytes = seed instanceof Uint8Array;
  const sound = bytesOf(isBytes || chance() < 0.2 ? seed : mutateJson(seed, chance));
  return isBytes || chance() < 0.3 ? mutateBytes(sound, chance) : sound;
}

/** What is wrong with what the parser did; undefined where nothing is. */
async function faultOf({ parse, refusals, mayName }: Parser, input: Uint8Array) {
  try {
    return MARKER.test(await parse(input)) ? "it kept a text" : undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!refusals.includes(error.name)) return `${error.stack}`;
    // The runtime's own error on JSON quotes it; whoever catches it passes nothing on.
    const isRuntimes = error.name === "SyntaxError";
    return !isRuntimes && !mayName && MARKER.test(error.message)
      ? "its error has a text"
      : undefined;
  }
}

const PATHS = ["/api/v1/metrics", "/api/v1/sessions", "/api/v1/insights", "/sessions", "/"];
const QUERIES = [
  "period=24h",
  "since=2026-01-01",
  "limit=5",
  "model=m",
  "group_by=hour",
  "sort=a",
];

for (const index of Array(PARSERS).keys()) {
  const { name } = parsersOnce().parsers[index]!;
  Deno.test(`parse() of ${name} makes something of it or refuses it, whatever it is`, async () => {
    const parser = parsersOnce().parsers[index]!, before = Deno.memoryUsage().rss;
    for (const seed of parser.seeds) await parser.parse(bytesOf(seed));
    const faults: unknown[] = [];
    const runs = await forItsTime(SEED, async (chance) => {
      const input = inputOf(pick(chance, parser.seeds), chance);
      const fault = await faultOf(parser, input);
      if (fault !== undefined) {
        faults.push([fault, new TextDecoder().decode(input).slice(0, 900)]);
      }
    });

    deepEqual(faults.slice(0, 2), []);
    ok(runs > 0 && Deno.memoryUsage().rss - before < GROWTH_BYTES_MAX);
  });
}

Deno.test("parse() of a query answers or refuses it, whatever it is", async () => {
  await using home = await filledHome();
  const context = webContext(home);
  await forItsTime(SEED, async (chance) => {
    const parts = QUERIES.filter(() => chance() < 0.5).map((part) =>
      new TextDecoder().decode(mutateBytes(new TextEncoder().encode(part), chance))
    );
    const query = parts.map((part) => encodeURI(part.toWellFormed())).join("&");
    const path = `${pick(chance, PATHS)}?${query}`;

    const response = await ask(context, path);

    ok([200, 400, 404].includes(response.status), `${path}: ${response.status}`);
    await response.body?.cancel();
  });
});

Deno.test("parse() of a call of a tool answers or refuses it, whatever it is", async () => {
  await using mcp = await connectTo();
  await mcp.client.listTools();
  await forItsTime(SEED, async (chance) => {
    const { name, input } = pick(chance, TOOLS);
    const sound = Object.fromEntries(Object.keys(input).map((field) => [field, "last"]));
    const given = mutateJson(sound, chance);
    const args = typeof given === "object" && given !== null ? given : {};

    const { content } = await mcp.client.callTool({ name, arguments: { ...args } });

    ok(Array.isArray(content), name);
  });
});

Deno.test.afterAll(() => made?.folder[Symbol.dispose]());
