/**
 * Every setting there is: its name, default and meaning, and what it may be.
 *
 * @module
 */

import { CAPTURE_SETTINGS } from "./capture_settings.ts";
import { nearestWord } from "./nearest_word.ts";
import { ConfigError, type Setting, type SettingValue } from "./setting.ts";

const LOOPBACK: readonly string[] = ["127.0.0.1", "::1", "localhost"];
const PORT_MAX = 65_535;
const POLL_SECONDS_MAX = 3600;
const DAYS_MAX = 36_500;
const KEY_CHARACTERS = 40;

/** The table that README prints, `blueplane config` works with, and the schema is made of. */
export const SETTINGS = [
  {
    key: "web.host",
    env: "BLUEPLANE_HOST",
    fallback: "127.0.0.1",
    help: "Where serve listens: a loopback address",
    schema: { type: "string", enum: LOOPBACK },
    parse: hostOf,
  },
  {
    key: "web.port",
    env: "BLUEPLANE_PORT",
    fallback: 7531,
    help: "The port of serve; 0 takes a free one",
    schema: { type: "integer", minimum: 0, maximum: PORT_MAX },
    parse: portOf,
  },
  {
    key: "redis.url",
    env: "BLUEPLANE_REDIS_URL",
    fallback: "",
    help: "Turns Redis on: redis:// or rediss://, with user and password",
    schema: { type: "string", pattern: "^(rediss?://[^/]+(/\\d{0,4})?)?$" },
    parse: redisUrlOf,
    secret: true,
  },
  {
    key: "capture.poll_seconds",
    env: "BLUEPLANE_CAPTURE_POLL_SECONDS",
    fallback: 30,
    help: "How often a running server looks at databases that assistants write, 1 to 3600",
    schema: { type: "integer", minimum: 1, maximum: POLL_SECONDS_MAX },
    parse: pollSecondsOf,
  },
  {
    key: "retention.raw_days",
    env: "BLUEPLANE_RETENTION_RAW_DAYS",
    fallback: 90,
    help: "Raw events of months that are over for so many days are archived; 0 keeps them all",
    schema: { type: "integer", minimum: 0, maximum: DAYS_MAX },
    parse: (value) => daysOf("retention.raw_days", value),
  },
  {
    key: "retention.archive_days",
    env: "BLUEPLANE_RETENTION_ARCHIVE_DAYS",
    fallback: 0,
    help: "Archived months that are over for so many days are deleted; 0 keeps them all",
    schema: { type: "integer", minimum: 0, maximum: DAYS_MAX },
    parse: (value) => daysOf("retention.archive_days", value),
  },
  {
    key: "retention.minute_days",
    env: "BLUEPLANE_RETENTION_MINUTE_DAYS",
    fallback: 1,
    help:
      "Sums by the minute are kept for so many days; those by the quarter of an hour for good",
    schema: { type: "integer", minimum: 1, maximum: DAYS_MAX },
    parse: (value) => daysOf("retention.minute_days", value, 1),
  },
  {
    key: "retention.five_minute_days",
    env: "BLUEPLANE_RETENTION_FIVE_MINUTE_DAYS",
    fallback: 7,
    help: "The same of sums by five minutes, 7 or more",
    schema: { type: "integer", minimum: 7, maximum: DAYS_MAX },
    parse: (value) => daysOf("retention.five_minute_days", value, 7),
  },
  {
    key: "web.token",
    env: "BLUEPLANE_WEB_TOKEN",
    fallback: "off",
    help: "Whether whoever reads over HTTP must tell the token of serve.json: on or off",
    schema: { type: "string", enum: ["on", "off"] },
    parse: tokenModeOf,
  },
  ...CAPTURE_SETTINGS,
] as const satisfies readonly Setting[];

/** Whether a setting may hold a password, or an address that is nobody's business. */
export function isSecret({ secret }: Pick<Setting, "secret">): boolean {
  return secret === true;
}

/**
 * The variable that sets a setting: of its own name, or of section and key, which each has.
 *
 * @param read the value of a variable; "" is none
 */
export function settingVariable(
  { key, env }: Pick<Setting, "key" | "env">,
  read: (name: string) => string | undefined,
): { readonly name: string; readonly value: string } | undefined {
  for (const name of [env, `BLUEPLANE_${key.replace(".", "_").toUpperCase()}`]) {
    const value = read(name);
    if (value) return { name, value };
  }
  return undefined;
}

/**
 * The setting of this name.
 *
 * @throws {ConfigError} when there is none; the nearest one is named
 */
export function findSetting(key: string): Setting {
  const found = SETTINGS.find((setting) => setting.key === key);
  if (found) return found;
  throw new ConfigError(`Cannot use the setting: ${missingText(key)}`);
}

/** What is said of a setting that there is not, or that is not written so. */
export function missingText(key: string): string {
  const nearest = nearestWord(key, SETTINGS.map((setting) => setting.key));
  if (nearest === key) {
    const [section, name] = key.split(".");
    return `'${key}' is to be written in its section: {"${section}": {"${name}": …}}`;
  }
  return `there is no setting '${key.slice(0, KEY_CHARACTERS)}'` +
    (nearest === undefined ? "; blueplane config list shows all" : `; did you mean ${nearest}?`);
}

/** The loopback address that `web.host` names. @throws {ConfigError} for anything else */
export function hostOf(value: SettingValue): string {
  const host = String(value);
  if (LOOPBACK.includes(host)) return host === "localhost" ? "127.0.0.1" : host;
  throw new ConfigError(
    "Cannot listen there: web.host must be a loopback address (127.0.0.1, ::1 or localhost)",
  );
}

/**
 * The address of Redis, undefined for none.
 *
 * @throws {ConfigError} which says nothing of it, as it may hold a password
 */
export function redisUrlOf(value: SettingValue): string | undefined {
  const text = typeof value === "object" ? "a list" : String(value);
  if (text === "") return undefined;
  const url = URL.parse(text);
  const path = url?.pathname ?? "";
  const isUrl = (url?.protocol === "redis:" || url?.protocol === "rediss:") &&
    url.hostname !== "" && /^(\/\d{0,4})?$/.test(path);
  // Whoever looks for rediss:// must not miss REDISS://, and send the password to all.
  if (isUrl) return url.protocol + text.slice(text.indexOf(":") + 1);
  throw new ConfigError(
    "Cannot use Redis: redis.url must be like redis://user:password@host:6379/0, or rediss:// " +
      "for an encrypted connection",
  );
}

/** A port, 0 for a free one. @throws {ConfigError} for anything else */
export function portOf(value: SettingValue): number {
  const port = numberOf(value);
  if (Number.isInteger(port) && port >= 0 && port <= PORT_MAX) return port;
  throw new ConfigError("Cannot listen there: web.port must be a whole number up to 65535");
}

/** A text is one of digits: an empty one is no 0. */
function numberOf(value: SettingValue): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d+$/.test(value.trim()) ? Number(value) : NaN;
}

/** Whole seconds between two looks. @throws {ConfigError} for anything else */
export function pollSecondsOf(value: SettingValue): number {
  const seconds = numberOf(value);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= POLL_SECONDS_MAX) return seconds;
  throw new ConfigError(
    "Cannot poll so often: capture.poll_seconds must be a whole number from 1 to 3600",
  );
}

/** Whole days, of the setting `key`. @throws {ConfigError} for anything else */
export function daysOf(key: string, value: SettingValue, least = 0): number {
  const days = numberOf(value);
  if (value !== "" && Number.isInteger(days) && days >= least && days <= DAYS_MAX) return days;
  const range = least > 0 ? `from ${least} to ${DAYS_MAX}` : `up to ${DAYS_MAX}`;
  throw new ConfigError(`Cannot keep so long: ${key} must be a whole number of days ${range}`);
}

/** Whether the token is asked for. @throws {ConfigError} for anything else */
export function tokenModeOf(value: SettingValue): "on" | "off" {
  if (value === "on" || value === "off") return value;
  throw new ConfigError("Cannot ask for a token: web.token must be on or off");
}
