/**
 * Gives a command to the one process that may write: to the running server, or to a pipeline of
 * this process when nobody else writes.
 *
 * @module
 */

import type {
  CommandAnswer,
  CommandArgument,
  CommandName as AnyCommandName,
} from "../pipeline/pipeline_commands.ts";
import { NotFoundError } from "./exit.ts";
import { withOwnPipeline } from "./open_pipeline.ts";
import { isRebuilding, withRebuildProgress } from "./rebuild_progress.ts";
import { findServer, type ServerNote, tokenHeader } from "./server_file.ts";
import type { Workspace } from "./workspace.ts";

/** Those that a person gives. */
type CommandName = Exclude<
  AnyCommandName,
  "changePrices" | "noteUnread" | "noteOff" | "readAgain"
>;

const PATHS: Readonly<Record<CommandName, string>> = {
  replay: "/api/v1/dlq/replay",
  drop: "/api/v1/dlq/drop",
  rebuild: "/api/v1/rebuild",
  purge: "/api/v1/purge",
  archive: "/api/v1/archive",
  changeInsights: "/api/v1/insights/change",
};
const ANSWER_WITHIN_MS = 600_000;

/**
 * Has a command done, and what follows from it.
 *
 * @param purpose what for, as in "Cannot <purpose>: …"
 * @throws {NotFoundError} when the server knows nothing of what was named
 */
export async function askWriter<Name extends CommandName>(
  workspace: Workspace,
  purpose: string,
  name: Name,
  argument: CommandArgument<Name>,
): Promise<CommandAnswer<Name>> {
  const server = await findServer(workspace.home);
  if (server) {
    const answer = askServer(server, purpose, name, argument);
    const waits = `the server (pid ${server.pid}) is rebuilding; this waits until that is done`;
    const note = isRebuilding(workspace) ? waits : undefined;
    return await withRebuildProgress(workspace, answer, note);
  }
  return await withOwnPipeline(workspace, purpose, async (pipeline) => {
    const answer = await pipeline.command(name, argument);
    await pipeline.drain();
    return answer;
  });
}

async function askServer<Name extends CommandName>(
  server: ServerNote,
  purpose: string,
  name: Name,
  argument: CommandArgument<Name>,
): Promise<CommandAnswer<Name>> {
  const { url, pid } = server;
  if (url === "") {
    throw new Error(
      `Cannot ${purpose}: the server (pid ${pid}) has no page to ask; stop it first`,
    );
  }
  let response: Response;
  let json: { detail?: unknown };
  try {
    response = await fetch(url + PATHS[name], {
      method: "POST",
      headers: {
        "Blueplane-Client": "cli",
        "Content-Type": "application/json",
        ...tokenHeader(server),
      },
      body: JSON.stringify(argument),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    json = await response.json();
  } catch (error) {
    // It is gone, or too late, or no server of ours.
    if (![TypeError, DOMException, SyntaxError].some((kind) => error instanceof kind)) {
      throw error;
    }
    throw new Error(`Cannot ${purpose}: the server (pid ${pid}) gave no answer`, {
      cause: error,
    });
  }
  if (response.ok) return json as CommandAnswer<Name>;
  const { detail = "it does not say why" } = json;
  if (response.status === 404) throw new NotFoundError(String(detail));
  throw new Error(`Cannot ${purpose}: the server (pid ${pid}) could not: ${detail}`);
}
