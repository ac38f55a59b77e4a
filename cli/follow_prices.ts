/**
 * Takes up the user's own prices whenever their file changes, for as long as a server works.
 *
 * @module
 */

import type { PipelinePort } from "../pipeline/pipeline.ts";
import type { Trouble } from "./trouble.ts";
import { ownPrices, type Workspace } from "./workspace.ts";

const LOOK_EVERY_MS = 1000;

/** What it works with. */
interface PriceParts {
  readonly pipeline: Pick<PipelinePort, "command">;
  readonly trouble: Trouble;
}

/**
 * Looks every second until `signal` is aborted. With a file that cannot be understood the prices
 * stay as they are, and its user is told.
 */
export async function followPrices(
  workspace: Workspace,
  { pipeline, trouble }: PriceParts,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = workspace.io;
  // It may have changed since the pipeline was opened: to the same prices nothing changes.
  let known: { readonly file: string | undefined } | undefined;
  while (!signal.aborted) {
    try {
      const file = await ownPrices(workspace);
      if (!known || file !== known.file) await pipeline.command("changePrices", file);
      known = { file };
      trouble.end("taking up prices");
    } catch (error) {
      // Whatever is wrong with the file: the server goes on, and so does this.
      if (!(error instanceof Error)) throw error;
      trouble.tell("taking up prices", error);
    }
    await clock.sleep(LOOK_EVERY_MS, signal);
  }
}
