/** The server of tools over HTTP, for clients that know no other way: a process a session. */

import {
  WebStandardStreamableHTTPServerTransport as HttpTransport,
} from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import { binaryPath, type Machine } from "../helpers/run_blueplane.ts";
import { ProcessTransport } from "../mcp/process_transport.ts";

/** A bridge that is open. */
export interface Bridge extends AsyncDisposable {
  readonly url: string;
}

/** Opens one, at a free port of this machine. */
export function openBridge(machine: Machine): Bridge {
  const sessions = new Map<string, HttpTransport>();
  const processes: ProcessTransport[] = [];
  const open = () => {
    const inner = new ProcessTransport(binaryPath(), { args: ["mcp"], env: { ...machine.env } });
    const outer = new HttpTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (id: string) => void sessions.set(id, outer),
    });
    outer.onmessage = (message: JSONRPCMessage) => void inner.send(message);
    inner.onmessage = (message) => {
      const isAnswer = "id" in message && !("method" in message);
      // Who has gone meanwhile hears nothing.
      outer.send(message, isAnswer ? { relatedRequestId: message.id } : undefined).catch(
        () => {},
      );
    };
    processes.push(inner);
    return outer;
  };
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const id = request.headers.get("mcp-session-id");
    const transport = id === null ? open() : sessions.get(id);
    return transport?.handleRequest(request) ?? new Response(null, { status: 404 });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/mcp`,
    async [Symbol.asyncDispose]() {
      await Promise.all(processes.map((one) => one.close()));
      await Promise.all([...sessions.values()].map((one) => one.close()));
      await server.shutdown();
    },
  };
}
