/**
 * The one assistant whose client has a status line: it waits for each, so that what reads it is
 * loaded without all else that is known of assistants.
 *
 * @module
 */

import { literal, type SafeText } from "../core/privacy.ts";
import { PLATFORM_ID } from "./claude_code/names.ts";
import { statusSettings } from "./claude_code/status_line.ts";
import type { StatusSettings } from "./status_settings.ts";

/** Its id, and how what its client gives is read. */
export const STATUS_PLATFORM: { readonly id: SafeText; readonly status: StatusSettings } = {
  id: literal(PLATFORM_ID),
  status: statusSettings,
};
