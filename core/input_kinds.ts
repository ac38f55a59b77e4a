/**
 * Kinds of inputs by the number under which they are stored: the place of their type.
 *
 * @module
 */

import { EVENT_TYPES } from "./event.ts";
import { INPUT_NAMES, PROMPTS } from "./session_counts.ts";

/** Of all that reports count as input. */
export const INPUT_KINDS = Object.keys(INPUT_NAMES)
  .map((type) => EVENT_TYPES.indexOf(type as keyof typeof INPUT_NAMES));

/** Of what a person typed for the assistant to work on. */
export const PROMPT_KINDS = PROMPTS.map((type) => EVENT_TYPES.indexOf(type));
