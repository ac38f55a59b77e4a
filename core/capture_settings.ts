/**
 * The settings by which a person says what is not captured.
 *
 * @module
 */

import {
  type CaptureChoices,
  isOffCategory,
  OFF_CATEGORIES,
  type OffCategory,
} from "./capture_choices.ts";
import { ConfigError, type Setting, type SettingValue } from "./setting.ts";

const CATEGORIES = Object.keys(OFF_CATEGORIES);

/** The settings, in the order in which they are shown. */
export const CAPTURE_SETTINGS = [
  {
    key: "capture.paused",
    env: "BLUEPLANE_CAPTURE_PAUSED",
    fallback: false,
    help: "Captures nothing while it is true; what happens meanwhile is never captured",
    schema: { type: "boolean" },
    parse: pausedOf,
  },
  {
    key: "capture.off",
    env: "BLUEPLANE_CAPTURE_OFF",
    fallback: [],
    help: `What is not captured: ${CATEGORIES.join(", ")}`,
    schema: { type: "array", items: { type: "string", enum: CATEGORIES } },
    parse: offOf,
  },
  {
    key: "capture.exclude",
    env: "BLUEPLANE_CAPTURE_EXCLUDE",
    fallback: [],
    help: "Folders of which nothing is captured, with all in them; * and ** stand for any names",
    schema: {
      type: "array",
      items: { type: "string", pattern: "^(~|/|\\*|[A-Za-z]:|\\\\\\\\)" },
    },
    parse: excludeOf,
    secret: true,
  },
] as const satisfies readonly Setting[];

/** The choices, of the value of each setting. */
export function captureChoices(value: (setting: Setting) => SettingValue): CaptureChoices {
  const [paused, off, exclude] = CAPTURE_SETTINGS;
  return {
    paused: pausedOf(value(paused)),
    off: offOf(value(off)),
    exclude: excludeOf(value(exclude)),
  };
}

/** Texts of a list, or of one text with commas between. */
export function listOf(value: SettingValue): string[] {
  const texts = Array.isArray(value) ? value as readonly string[] : String(value).split(",");
  return texts.map((text) => text.trim()).filter((text) => text !== "");
}

function pausedOf(value: SettingValue): boolean {
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "false") return value === "true";
  throw new ConfigError("Cannot pause: capture.paused must be true or false");
}

function offOf(value: SettingValue): OffCategory[] {
  const names = listOf(value);
  if (names.every(isOffCategory)) return names;
  throw new ConfigError(
    `Cannot switch that off: capture.off must be some of ${CATEGORIES.join(", ")}`,
  );
}

function excludeOf(value: SettingValue): string[] {
  const patterns = listOf(value);
  if (patterns.every((text) => /^(~|\/|\*|[A-Za-z]:|\\\\)/.test(text))) return patterns;
  throw new ConfigError(
    "Cannot exclude that: capture.exclude must be whole paths of folders, as ~/private or " +
      "**/secret-*",
  );
}
