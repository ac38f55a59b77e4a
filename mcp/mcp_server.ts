/**
 * The MCP server on stdin and stdout: tools, resources and prompts over the same reports as every
 * other face.
 *
 * @module
 */

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import {
  ListToolsRequestSchema,
  RootsListChangedNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Database } from "../core/database.ts";
import { GuardedTransport } from "./guarded_stdio.ts";
import type { McpContext } from "./mcp_context.ts";
import { type Call, findOwnSession } from "./own_session.ts";
import { addPrompts } from "./prompts.ts";
import { addResources, Subscriptions } from "./resources.ts";
import { addTool, type Extra, listed } from "./tool.ts";
import { TOOLS } from "./tool_table.ts";

const INSTRUCTIONS =
  "Blueplane knows how this session goes, in numbers and without any content. " +
  "Ask get_current_metrics when edits get rejected or tools fail. A status of " +
  "insufficient_data means that nothing can be told yet: do not guess.";
const ROOTS_WITHIN_MS = 2000;
/** Who asks through a pipe has closed it before there is an answer. */
const ANSWERED_WITHIN_MS = 5000;

/** Serves until the client has closed stdin and has its answers, or `signal` is aborted. */
export async function serveMcp(context: McpContext, signal: AbortSignal): Promise<void> {
  const connection = new Connection(context);
  await using _subscriptions = connection.subscriptions;
  const gone = new AbortController();
  const ended = new Promise<void>((resolve) => {
    // The transport does not tell of the end of its input.
    process.stdin.once("end", () => resolve());
    gone.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  process.stdin.once("error", () => gone.abort());
  process.stdout.once("error", () => gone.abort());
  signal.addEventListener("abort", () => gone.abort(), { once: true });
  const transport = new GuardedTransport();
  await connection.server.connect(transport);
  await ended;
  await Promise.race([
    transport.answered(),
    context.clock.sleep(ANSWERED_WITHIN_MS, gone.signal),
  ]);
  gone.abort();
  await connection.server.close();
}

/** A server and what its client has told. */
export class Connection {
  readonly server: McpServer;
  readonly subscriptions: Subscriptions;
  readonly #context: McpContext;
  #roots: readonly string[] = [];

  constructor(context: McpContext) {
    this.#context = context;
    this.server = new McpServer(
      { name: "blueplane", title: "Blueplane", version: context.version },
      {
        capabilities: { logging: {}, resources: { subscribe: true, listChanged: true } },
        instructions: INSTRUCTIONS,
      },
    );
    const own = (db: Database, meta?: Extra["_meta"]) =>
      findOwnSession(db, context.callers, this.#callOf(meta), context.clock.now());
    for (const tool of TOOLS) {
      addTool(this.server, tool, context, ({ _meta }) => (db) => own(db, _meta));
    }
    let tools: ReturnType<typeof listed>[] | undefined;
    this.server.server.setRequestHandler(ListToolsRequestSchema, () => ({
      tools: tools ??= TOOLS.map(listed),
    }));
    addResources(this.server, context, own);
    addPrompts(this.server, context);
    this.subscriptions = new Subscriptions(
      this.server,
      context,
      own,
      () => this.#log("warning", "a resource could not be read; it is tried again"),
    );
    this.server.server.oninitialized = () => {
      context.onConnected();
      return this.#askRoots();
    };
    this.server.server.setNotificationHandler(
      RootsListChangedNotificationSchema,
      () => this.#askRoots(),
    );
  }

  #callOf(meta: Extra["_meta"]): Call {
    const client = this.server.server.getClientVersion()?.name;
    return { client, meta, roots: this.#roots };
  }

  /** Which folders are open says which project is meant; their names are hashed at once. */
  async #askRoots(): Promise<void> {
    const { server } = this.server;
    if (!server.getClientCapabilities()?.roots) return;
    try {
      const { roots } = await server.listRoots(undefined, { timeout: ROOTS_WITHIN_MS });
      this.#roots = roots.map(({ uri }: { uri: string }) =>
        this.#context.callers.projectOf(fileURLToPath(uri))
      );
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // It can say no, or nothing; then the folder of this process has to do.
      this.#log("info", "the client names no folders");
    }
  }

  #log(level: "info" | "warning", data: string): void {
    this.server.server.sendLoggingMessage({ level, logger: "blueplane", data })
      // A client that is gone hears nothing.
      .catch(() => {});
  }
}
