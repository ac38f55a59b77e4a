/**
 * What is said before the first session was read.
 *
 * @module
 */

import { readFilterChoices } from "../../core/reports/filter_choices.ts";
import type { PageRequest } from "../page.ts";
import { Command } from "./command.tsx";

/** Whether there is any session, whatever is asked for. */
export function isAnythingRead({ context }: PageRequest): boolean {
  return readFilterChoices(context.db).platforms.length > 0;
}

/** Where to look, in place of a list of sessions. */
export function NothingRead() {
  return (
    <>
      No sessions yet. <Command>doctor</Command> says where they are looked for.
    </>
  );
}
