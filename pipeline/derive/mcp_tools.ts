/**
 * Of which server each MCP tool is: both are hashes, and the one does not follow from the other.
 *
 * @module
 */

import type { Database, Statement } from "../../core/database.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import type { Words } from "../../core/words.ts";

/** Writes the table `mcp_tools`. */
export class McpTools {
  readonly #words: Words;
  readonly #add: Statement;

  constructor(db: Database, words: Words) {
    this.#words = words;
    this.#add = db.prepare("insert or ignore into mcp_tools (tool, server) values (?, ?)");
  }

  /** Notes what a call tells; the caller holds the transaction. */
  tell({ payload: { tool, mcp_server: server } }: TelemetryEvent): void {
    if (typeof tool !== "string" || typeof server !== "string") return;
    this.#add.run(this.#words.number(tool), this.#words.number(server));
  }
}
