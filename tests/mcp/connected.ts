/** A server over a known history in this process, and the official client of it. */

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { TelemetryEvent } from "../../core/event.ts";
import { Privacy } from "../../core/privacy.ts";
import { Advisor } from "../../core/reports/advisor.ts";
import { TrackingEvents } from "../../core/tracking.ts";
import type { McpContext } from "../../mcp/mcp_context.ts";
import { Connection } from "../../mcp/mcp_server.ts";
import type { Callers } from "../../mcp/own_session.ts";
import { type FilledHome, filledHome, ONE } from "../helpers/filled_home.ts";

/** The `_meta` of a call by the session `alpha`. */
export const BY_ALPHA = { "test/toolUseId": "a-t1" };

/** A structured answer. */
export type Answer = Readonly<Record<string, unknown>>;

/** A client and all that stands behind it. */
export interface Connected extends AsyncDisposable {
  readonly home: FilledHome;
  readonly client: Client;
  readonly context: McpContext;
  /** Calls a tool; the client checks the answer against the tool's schema. */
  call(name: string, given?: Record<string, unknown>, meta?: Answer): Promise<Answer>;
  /** The text of a call that fails. */
  refusal(name: string, given?: Record<string, unknown>, meta?: Answer): Promise<string>;
}

/** Who may call: a client of the platform of most sessions, whose calls tell their ids. */
export const CALLERS: Callers = {
  clients: new Map([["test-client", "claude_code"]]),
  callIds: ["test/toolUseId"],
  named: undefined,
  running: () => undefined,
  projects: [ONE],
  projectOf: () => ONE,
};

/** Connects a client to the known history, or to one of these events. */
export async function connectTo(
  events?: readonly TelemetryEvent[],
  more: Partial<McpContext> = {},
  client = new Client({ name: "test-client", version: "1" }),
): Promise<Connected> {
  const home = await filledHome(events);
  const advisor = new Advisor(home.db);
  const context: McpContext = {
    clock: home.clock,
    version: "0.1.0",
    callers: CALLERS,
    events: new TrackingEvents(new Privacy(new Uint8Array(32))),
    onConnected() {},
    read: async (use) => use(home.db, advisor),
    record: (recorded) => home.tell(...recorded),
    onChange: (listener) => home.onChange(listener),
    toolServers: () => new Map(),
    platformId: (name) => name === "claude" ? "claude_code" : undefined,
    ...more,
  };
  const connection = new Connection(context);
  const [near, far] = InMemoryTransport.createLinkedPair();
  await Promise.all([connection.server.connect(far), client.connect(near)]);
  const ask = (name: string, given: Record<string, unknown>, meta: Answer) =>
    client.callTool({ name, arguments: given, _meta: meta });
  return {
    home,
    client,
    context,
    async call(name, given = {}, meta = BY_ALPHA) {
      await client.listTools();
      const answer = await ask(name, given, meta);
      if (answer.isError) throw new Error(JSON.stringify(answer.content));
      return answer.structuredContent as Answer;
    },
    async refusal(name, given = {}, meta = BY_ALPHA) {
      const { isError, content } = await ask(name, given, meta);
      if (!isError) throw new Error("Cannot tell the refusal: it was answered");
      return (content as { text: string }[])[0]!.text;
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await connection.subscriptions[Symbol.asyncDispose]();
      await connection.server.close();
      await home[Symbol.asyncDispose]();
    },
  };
}
