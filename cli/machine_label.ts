/**
 * By what a machine is told from others: a keyed hash, so that its name goes nowhere.
 *
 * @module
 */

import type { Privacy, SafeText } from "../core/privacy.ts";

/** The label of a machine; of this one, by its host name, unless it is named. */
export function machineLabel(privacy: Privacy, name: string = Deno.hostname()): SafeText {
  return privacy.hash(`machine ${name}`, 8);
}
