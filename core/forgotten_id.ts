/**
 * The name under which a reading position stays that must not say what it is of.
 *
 * @module
 */

import type { Checkpoint, Positions } from "./checkpoints.ts";
import type { Privacy, SafeText } from "./privacy.ts";

/** What a source is known by whose session was purged, or is left out: a hash of its id. */
export function forgottenId(privacy: Privacy, id: string): SafeText {
  return privacy.hash(`forgotten source ${id}`, 32);
}

/** The position of a source, under its own name or the one without a name. */
export function findCheckpoint(
  positions: Positions,
  id: string,
  privacy: Privacy,
): Checkpoint | undefined {
  return positions.get(id) ?? positions.get(forgottenId(privacy, id));
}
