/**
 * The MCP server on stdin and stdout: tools over the same reports as every other face.
 *
 * @module
 */

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import process from "node:process";
import { addCurrentMetrics } from "./current_metrics.ts";
import type { McpContext } from "./mcp_context.ts";

/** Serves until the client closes stdin or `signal` is aborted. */
export async function serveMcp(context: McpContext, signal: AbortSignal): Promise<void> {
  const server = new McpServer({ name: "blueplane", version: context.version });
  addCurrentMetrics(server, context);
  const ended = new Promise<void>((resolve) => {
    // The transport does not tell of the end of its input.
    process.stdin.once("end", () => resolve());
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await server.connect(new StdioServerTransport());
  await ended;
  await server.close();
}
