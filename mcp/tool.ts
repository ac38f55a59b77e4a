/**
 * What a tool is, and how the server offers it: its answer fits its schema and its budget, and an
 * error says what to do next and nothing else.
 *
 * @module
 */

import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import * as z from "zod";
import type { Database } from "../core/database.ts";
import type { Advisor } from "../core/reports/advisor.ts";
import type { OwnSession } from "./own_session.ts";
import type { McpContext, UpToDate } from "./mcp_context.ts";
import { withProgress } from "./progress.ts";
import { shortAnswerSchema, shortSchema } from "./short_schema.ts";

/** Named schemas. */
export type Shape = Readonly<Record<string, z.ZodType>>;

type Values<S extends Shape> = { readonly [Name in keyof S]: z.infer<S[Name]> };
/** An argument that may be left out may be missing. */
type Given<S extends Shape> = z.infer<z.ZodObject<S>>;

/** What one call of a tool works with. */
export interface ToolCall {
  readonly context: McpContext;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** What tells this call from all others of this process. */
  readonly id: string;
  /** Runs `use` over up-to-date data, with the session that calls; see {@linkcode McpContext}. */
  read<T>(
    use: (db: Database, own: OwnSession | undefined, advisor: Advisor) => T,
    upTo?: UpToDate,
  ): Promise<T>;
}

/** One tool. */
export interface Tool<In extends Shape = Shape, Out extends Shape = Shape> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** A tool that tells us something; all others only read. */
  readonly records?: true;
  readonly input: In;
  readonly output: Out;
  /** Tokens of an answer at most, four characters each. */
  readonly tokensMax: number;
  /** Lists and records of the answer that may be cut to hold that. */
  readonly lists?: readonly string[];
  run(given: Given<In>, call: ToolCall): Promise<Values<Out>>;
}

/** Thrown for a call that cannot be answered; the assistant reads the message. */
export class ToolError extends Error {
  override name = "ToolError";
}

/** What every tool that reads says of its answer. */
export const ANSWER = {
  status: z.enum(["ok", "insufficient_data"]),
  n: z.number(),
  needed: z.number(),
} as const;

/** What `ANSWER` asks for, from what there is and what it takes. */
export function answerOf(n: number, needed: number) {
  return { status: n >= needed ? "ok" as const : "insufficient_data" as const, n, needed };
}

/** A share with its number of trials and 95 % interval; null without any trial. */
export const RATE = z.object({
  value: z.number(),
  n: z.number(),
  low: z.number(),
  high: z.number(),
}).nullable();

/** The session that an answer is about. */
export const SESSION = z.object({
  session_id: z.string(),
  platform: z.string(),
  known_by: z.string(),
  confidence: z.number(),
}).nullable();

/** What `SESSION` asks for. */
export function sessionOf(own: OwnSession | undefined) {
  if (!own) return null;
  return {
    session_id: own.sessionId,
    platform: own.platform,
    known_by: own.knownBy,
    confidence: own.confidence,
  };
}

/** What of a request a tool's answer takes. */
export interface Extra {
  readonly signal: AbortSignal;
  readonly requestId: string | number;
  readonly _meta?: Readonly<Record<string, unknown>>;
  sendNotification(notification: unknown): Promise<void>;
}

const CHARACTERS_PER_TOKEN = 4;

/** Keeps the types of a tool. */
export function defineTool<In extends Shape, Out extends Shape>(tool: Tool<In, Out>): Tool {
  return tool as unknown as Tool;
}

/** Adds a tool to a server. @param finderOf finds who made a request */
export function addTool(
  server: McpServer,
  tool: Tool,
  context: McpContext,
  finderOf: (extra: Extra) => OwnFinder,
): void {
  const { name, title, description } = tool;
  server.registerTool(name, {
    title,
    description,
    inputSchema: onlyOf(tool.input),
    outputSchema: outputOf(tool),
    annotations: annotationsOf(tool),
  }, async (given: Given<Shape>, extra: Extra): Promise<CallToolResult> => {
    const { signal, requestId } = extra;
    const find = finderOf(extra);
    const call: ToolCall = {
      context,
      now: context.clock.now(),
      id: `${Deno.pid} ${requestId}`,
      async read(use, upTo) {
        return await context.read((db, advisor) => {
          // Whoever has cancelled waits for no answer.
          signal.throwIfAborted();
          return use(db, find(db), advisor);
        }, upTo);
      },
    };
    const answer = await withProgress(
      context.clock,
      progressOf(extra),
      () => answered(tool, given, call),
    );
    const content = fitted(answer, tool.tokensMax, tool.lists ?? []);
    return { structuredContent: content, content: [text(content)] };
  });
}

/** How a tool stands in the list: its schemas say no more than they must, as all read them. */
export function listed(tool: Tool) {
  const { name, title, description } = tool;
  return {
    name,
    title,
    description,
    inputSchema: shortSchema(z.toJSONSchema(onlyOf(tool.input), { io: "input" })),
    outputSchema: shortAnswerSchema(z.toJSONSchema(outputOf(tool), { io: "input" })),
    annotations: annotationsOf(tool),
  };
}

/**
 * An object of these names alone: what has another would be passed over as if it had counted. That
 * one may be anybody's words, and is not repeated.
 */
export function onlyOf<S extends Shape>(shape: S) {
  const names = Object.keys(shape).join(", ");
  const error = `there is no such argument; it takes ${names === "" ? "none" : `only ${names}`}`;
  return z.strictObject(shape, {
    error: ({ code }) => code === "unrecognized_keys" ? error : undefined,
  });
}

/** `left_out` is how many entries were cut to keep the answer short. */
function outputOf({ output }: Tool) {
  return z.object({ ...output, left_out: z.number() });
}

function annotationsOf({ records }: Tool) {
  if (!records) return { readOnlyHint: true, openWorldHint: false };
  return { readOnlyHint: false, destructiveHint: false, openWorldHint: false };
}

/** Says how far a request has come, where whoever made it asks for that. */
function progressOf({ _meta, sendNotification }: Extra) {
  const { progressToken } = _meta ?? {};
  if (progressToken === undefined) return undefined;
  return (progress: number) =>
    sendNotification({ method: "notifications/progress", params: { progressToken, progress } });
}

/** Finds who calls. */
export type OwnFinder = (db: Database) => OwnSession | undefined;

async function answered(tool: Tool, given: Given<Shape>, call: ToolCall) {
  try {
    return await tool.run(given, call);
  } catch (error) {
    if (error instanceof ToolError) throw error;
    // Its own words may hold a path, and go to the assistant.
    throw new Error(`Cannot answer ${tool.name}: the report failed; try again`, {
      cause: error,
    });
  }
}

/**
 * An answer that its budget holds: the end of the longest of its lists goes first, as all are in
 * the order of what matters.
 *
 * @param lists names of the lists and records that may be cut
 */
export function fitted(
  answer: Readonly<Record<string, unknown>>,
  tokensMax: number,
  lists: readonly string[],
): Record<string, unknown> {
  const content: Record<string, unknown> = { ...answer, left_out: 0 };
  const size = (value: unknown) => JSON.stringify(value).length;
  for (let leftOut = 1; size(content) > tokensMax * CHARACTERS_PER_TOKEN; leftOut++) {
    const [longest] = lists.filter((name) => Object.keys(content[name] ?? {}).length > 0)
      .sort((a, b) => size(content[b]) - size(content[a]));
    if (longest === undefined) break;
    const value = content[longest];
    content[longest] = Array.isArray(value)
      ? value.slice(0, -1)
      : Object.fromEntries(Object.entries(value as object).slice(0, -1));
    content.left_out = leftOut;
  }
  return content;
}

function text(content: unknown) {
  return { type: "text" as const, text: JSON.stringify(content) };
}
