/**
 * `blueplane mcp`: serves metrics to an assistant on stdin and stdout.
 *
 * @module
 */

import { openWriter } from "../../core/database.ts";
import { serveMcp } from "../../mcp/mcp_server.ts";
import { requireOwnHome } from "../capture_home.ts";
import type { Globals } from "../cli.ts";
import type { Io } from "../io.ts";
import { tryReadNews } from "../read_news.ts";
import { findServer } from "../server_file.ts";
import { VERSION } from "../version.ts";
import { openHomeReader, openWorkspace } from "../workspace.ts";

/** Runs the command until the client goes. */
export async function runMcp(io: Io, globals: Globals): Promise<number> {
  const workspace = openWorkspace(io, { ...globals, quiet: true });
  requireOwnHome(workspace.home, "serve metrics");
  const stop = new AbortController();
  using _interrupt = io.onInterrupt(() => stop.abort());
  await serveMcp({
    clock: io.clock,
    version: VERSION,
    async read(use) {
      if (globals.sync && await findServer(workspace.home) === undefined) {
        // It answers from what is stored; stderr is for whoever started it.
        await tryReadNews(workspace, ({ message }) => io.stderr.write(`warning: ${message}\n`));
      }
      const db = openHomeReader(workspace) ?? openWriter(":memory:");
      try {
        return use(db);
      } finally {
        db.close();
      }
    },
  }, stop.signal);
  return 0;
}
