/** Every parser of what comes from outside, with sound inputs, and its own errors. */

import { Gate } from "../../capture/gate.ts";
import { readJsonLines } from "../../capture/json_lines.ts";
import { parseStatus } from "../../capture/claude_code/status_line.ts";
import { projectRow } from "../../capture/cursor/project_row.ts";
import type { StateRow } from "../../capture/cursor/state_rows.ts";
import { HeldExports } from "../../capture/held_exports.ts";
import { readExport } from "../../capture/read_export.ts";
import { PLATFORMS, readHook } from "../../capture/registry.ts";
import { readManifest } from "../../cli/backup/manifest.ts";
import { readConfig } from "../../core/config.ts";
import { readLetterBody } from "../../core/dead_letters.ts";
import { decodeEvent, encodeEvent, type TelemetryEvent } from "../../core/event.ts";
import type { ExportColumn } from "../../core/exported.ts";
import { parseJsonc } from "../../core/jsonc.ts";
import { readPriceFile } from "../../core/price_file.ts";
import { readPurgeChoice } from "../../core/purge.ts";
import { packEntries, unpackEntries } from "../../pipeline/entry_rows.ts";
import { ParquetFile } from "../../pipeline/parquet_file.ts";
import { ParquetReader } from "../../pipeline/parquet_reader.ts";
import {
  logsAsProtobuf,
  logsRequest,
  pointRequest,
  spanRequest,
} from "../capture/export_bodies.ts";
import { cursorPayload, EVENTS } from "../capture/cursor/hook_payloads.ts";
import { bubble, call, composerData, composers, headers } from "../capture/cursor/shapes.ts";
import { contextOf } from "../capture/cursor/state_rows.ts";
import { hookPayload, RECORDED } from "../capture/claude_code/hook_payloads.ts";
import { makeParser } from "../capture/claude_code/lines.ts";
import { STATUSES } from "../capture/claude_code/status_payloads.ts";
import { plainPrivacy } from "../capture/plain_source.ts";
import { makePrompt, makeResponse, NOON } from "../helpers/events.ts";

/** One parser. */
export interface Parser {
  readonly name: string;
  /** Sound inputs: values of JSON, or bytes where it takes no JSON. */
  readonly seeds: readonly unknown[];
  /** What it makes of bytes, as text: all that is kept of them. */
  readonly parse: (bytes: Uint8Array) => string | Promise<string>;
  /** Names of the errors with which it refuses; any other is a fault. */
  readonly refusals: readonly string[];
  /** Whether its errors name what its user wrote by hand, to nobody else. */
  readonly mayName?: true;
}

const COLUMNS: readonly ExportColumn[] = [
  { name: "id", kind: "text" },
  { name: "count", kind: "integer" },
  { name: "cost", kind: "number" },
];
const PRICE = { input: 1, output: 2, cache_read: 0.1 };
const GATE = new Gate();
const CONTEXT = {
  environment: { home: "/home/kim", get: () => undefined },
  privacy: plainPrivacy,
  gate: GATE,
  held: new HeldExports(GATE),
  receivedAt: NOON,
};

/** Lines of the transcripts in `tests/fixtures`. */
function transcriptLines(): unknown[] {
  const root = decodeURIComponent(new URL("../fixtures/", import.meta.url).pathname);
  const folders = ["conformance/plain", "conformance/subagent", "hand_checked/refusals"];
  return folders.flatMap((folder) => {
    const place = `${root}${folder}/projects`;
    return [...Deno.readDirSync(place)].flatMap(({ name }) =>
      [...Deno.readDirSync(`${place}/${name}`)].filter((file) => file.isFile).flatMap((file) =>
        Deno.readTextFileSync(`${place}/${name}/${file.name}`).split("\n").filter((line) =>
          line.startsWith("{") && line.endsWith("}")
        ).map((line) => JSON.parse(line))
      )
    );
  });
}

function stateRows(): StateRow[] {
  return [
    composerData({ ...headers("u1", "e1"), name: "a", text: "b", richText: "{}" }),
    bubble("u1", { type: 1, text: "text", modelInfo: { modelName: "gpt-5" } }),
    call("e1", { name: "edit_file_v2", params: '{"relativeWorkspacePath":"/a.ts"}' }),
    composers({ composerId: "c2", createdAt: NOON, lastUpdatedAt: NOON + 5, name: "a" }),
  ];
}

/** All of them; files are written into `folder`. */
export function parsersIn(folder: string): Parser[] {
  const path = `${folder}/input`;
  return [...assistantParsers(path), ...exportParsers(), ...queueParsers(path), ...fileParsers()];
}

/** What assistants write, and what they give to a program that they run. */
function assistantParsers(path: string): Parser[] {
  const claude = PLATFORMS[0]!;
  return [
    {
      name: "a transcript",
      seeds: transcriptLines(),
      refusals: [],
      parse(bytes) {
        Deno.writeFileSync(path, bytes);
        const parser = makeParser();
        const told = [...readJsonLines(path, 0)].flatMap(({ objects }) =>
          objects.flatMap((line) => parser.parse(line) ?? [])
        );
        return encoded(told) + parser.state + parser.sessionId;
      },
    },
    {
      name: "a hook",
      seeds: [
        ...RECORDED["2.1.330"]!.map((event) => hookPayload("2.1.330", event)),
        ...EVENTS.map((event) => cursorPayload(event)),
      ],
      refusals: ["SyntaxError"],
      parse: async (bytes) => encoded(await readHook(claude, json(bytes), NOON, CONTEXT)),
    },
    {
      name: "a status",
      seeds: Object.values(STATUSES),
      refusals: ["SyntaxError"],
      // Its folder is held in memory alone, to see whether it is left out.
      parse(bytes) {
        const { folder: _, ...kept } = parseStatus(json(bytes), NOON, plainPrivacy) ??
          { folder: undefined };
        return JSON.stringify(kept);
      },
    },
    {
      name: "a row of Cursor's",
      seeds: stateRows().map(({ table, key, value }) => ({
        table,
        key,
        value: JSON.parse(value),
      })),
      refusals: ["SyntaxError"],
      parse(bytes) {
        const { table, key, value } = Object(json(bytes)) as Record<string, unknown>;
        const row = {
          table: table === "ItemTable" ? table : "cursorDiskKV",
          key: String(key),
          value: typeof value === "string" ? value : JSON.stringify(value ?? null),
        } as StateRow;
        return encoded(projectRow(row, contextOf([])));
      },
    },
  ];
}

/** What clients export. */
function exportParsers(): Parser[] {
  const attributes = { model: "m", prompt: "a b", input_tokens: 5, tool_name: "Edit" };
  const logs = ["api_request", "user_prompt", "tool_result", "api_error"].map((name) => ({
    name,
    at: NOON,
    attributes,
  }));
  const point = { at: NOON, value: 5 };
  const exported =
    (signal: "logs" | "metrics" | "traces", encoding: "json" | "protobuf") =>
    async (bytes: Uint8Array) =>
      encoded((await readExport(signal, encoding, bytes, CONTEXT)).events);
  return [
    {
      name: "exported logs",
      seeds: [logsRequest(...logs)],
      refusals: ["OtlpError"],
      parse: exported("logs", "json"),
    },
    {
      name: "exported metrics",
      seeds: [pointRequest("claude_code.token.usage", point, { type: "input", model: "m" })],
      refusals: ["OtlpError"],
      parse: exported("metrics", "json"),
    },
    {
      name: "exported traces",
      seeds: [spanRequest("claude_code.llm_request", NOON, attributes)],
      refusals: ["OtlpError"],
      parse: exported("traces", "json"),
    },
    {
      name: "exported logs in protobuf",
      seeds: [logsAsProtobuf(...logs)],
      refusals: ["OtlpError"],
      parse: exported("logs", "protobuf"),
    },
  ];
}

/** What the program itself lays down, as anybody may have changed it. */
function queueParsers(path: string): Parser[] {
  const events = [makePrompt({ id: "a" }), makeResponse({ id: "b" })];
  return [
    {
      name: "an event of a queue, a spool or a request",
      seeds: events.map((event) => JSON.parse(encodeEvent(event))),
      refusals: ["EventError"],
      parse: (bytes) => encodeEvent(decodeEvent(text(bytes))),
    },
    {
      name: "a packed row of a queue",
      seeds: [...packEntries(events.map(encodeEvent))].map(([row]) => bytesOfText(row)),
      refusals: ["EventError"],
      parse: (bytes) => encoded(unpackEntries(text(bytes)).map(decodeEvent)),
    },
    {
      name: "a dead letter",
      seeds: events.map((event) => JSON.parse(encodeEvent(event))),
      refusals: [],
      parse(bytes) {
        const letter = readLetterBody("telemetry:events", text(bytes));
        return letter && "event" in letter ? JSON.stringify(letter.event) : "";
      },
    },
    {
      name: "a choice of what is purged",
      seeds: [{ platform: "cursor", session: "s1", before: "2026-01-31" }, { all: true }],
      refusals: ["SyntaxError"],
      parse: (bytes) => JSON.stringify(readPurgeChoice(json(bytes))) ?? "",
    },
    {
      name: "a part of the archive",
      seeds: [parquetBytes(path)],
      refusals: ["ParquetError"],
      parse(bytes) {
        Deno.writeFileSync(path, bytes);
        using reader = new ParquetReader(path, COLUMNS);
        let rows = 0;
        for (let i = 0; i < reader.groups; i++) rows += reader.readGroup(i, ["id"]).length;
        return String(rows);
      },
    },
  ];
}

/** Files that people write or carry about. */
function fileParsers(): Parser[] {
  return [
    {
      name: "settings",
      seeds: [{ web: { port: 8000, host: "localhost" }, capture: { off: ["git"] } }],
      refusals: ["ConfigError"],
      mayName: true,
      parse(bytes) {
        readConfig({ flags: {}, env: () => undefined, file: text(bytes) });
        return "";
      },
    },
    {
      name: "settings of an assistant",
      seeds: [{ hooks: { Stop: [{ matcher: "", hooks: [{ type: "command", command: "x" }] }] } }],
      refusals: ["JsoncError"],
      parse: (bytes) => parseJsonc(text(bytes)).type,
    },
    {
      name: "own prices",
      seeds: [{ "claude-opus-*": [PRICE], m: PRICE }],
      refusals: ["PriceFileError", "ConfigError"],
      mayName: true,
      parse: (bytes) => String(readPriceFile(text(bytes)).length),
    },
    {
      name: "a manifest of a backup",
      seeds: [{
        schema: "blueplane.backup/1",
        version: "0.1.0",
        made_at: "2026-11-26T12:00:00.000Z",
        database_schema: 15,
        key_print: "0".repeat(32),
        sealed_key: null,
        files: [{ name: "telemetry.db", bytes: 5, sha256: "a".repeat(64) }],
      }],
      refusals: ["BackupError"],
      parse: (bytes) => String(readManifest(text(bytes)).files.length),
    },
  ];
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function json(bytes: Uint8Array): unknown {
  return JSON.parse(text(bytes));
}

function encoded(events: readonly TelemetryEvent[]): string {
  return events.map(encodeEvent).join("\n");
}

function parquetBytes(path: string): Uint8Array {
  const file = new ParquetFile(path, COLUMNS, { blueplane: "note" });
  file.write(Array.from({ length: 50 }, (_, i) => [`id-${i % 7}`, i, i / 4]));
  file.finish();
  return Deno.readFileSync(path);
}

function bytesOfText(row: string): Uint8Array {
  return new TextEncoder().encode(row);
}
