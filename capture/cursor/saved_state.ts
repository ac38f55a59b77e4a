/**
 * What a checkpoint keeps of a database: the stamp with which it was read to its end, and from
 * where to go on in its tables. Numbers and hashes, no keys.
 *
 * @module
 */

import type { Checkpoint } from "../../core/checkpoints.ts";
import { objectOf } from "../json_access.ts";
import type { StateMarks } from "./state_reader.ts";

/** What is kept. */
export interface SavedState {
  /** Undefined while it was not read to its end. */
  readonly stamp?: string;
  readonly marks: StateMarks;
}

/** Another one begins anew, as the shape of what is kept has changed. */
const FORMAT = 1;

/** The JSON of it. */
export function encodeState(state: SavedState): string {
  return JSON.stringify({ format: FORMAT, ...state });
}

/** What an earlier reading kept; nothing where there was none. */
export function readSavedState(checkpoint: Checkpoint | undefined): SavedState {
  const json = objectOf(checkpoint && JSON.parse(checkpoint.state));
  if (json.format !== FORMAT) return { marks: {} };
  // Our own writing, in our own database.
  return json as unknown as SavedState;
}
