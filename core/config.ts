/**
 * Every setting there is: its name, default and meaning, and where its value comes from.
 *
 * @module
 */

import type { CaptureChoices } from "./capture_choices.ts";
import { CAPTURE_SETTINGS, captureChoices } from "./capture_settings.ts";
import { type FileProblem, readConfigFile } from "./config_file.ts";
import { ConfigError, type Setting, type SettingValue } from "./setting.ts";

export { ConfigError, type Setting };

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
    key: "web.token",
    env: "BLUEPLANE_WEB_TOKEN",
    fallback: "off",
    help: "Whether whoever reads over HTTP must tell the token of serve.json: on or off",
    schema: { type: "string", enum: ["on", "off"] },
    parse: tokenModeOf,
  },
  ...CAPTURE_SETTINGS,
] as const satisfies readonly Setting[];

/** The values of all settings. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /**
   * The port if environment or file settle it, so that whoever is told it finds the server there
   * the next time as well.
   */
  readonly fixedPort?: number;
  /** Where Redis is, if it is on. */
  readonly redisUrl?: string;
  /** Seconds between two looks at a database that an assistant writes. */
  readonly pollSeconds: number;
  /** Days after which raw events leave the database for the archive, and the archive; 0 never. */
  readonly rawDays: number;
  readonly archiveDays: number;
  /** Whoever reads over HTTP must tell the token. */
  readonly hasToken?: true;
  readonly capture: CaptureChoices;
}

/** Where values come from, the strongest first. */
export interface ConfigOrigins {
  readonly flags: Readonly<Record<string, string | number | undefined>>;
  readonly env: (name: string) => string | undefined;
  /** The text of `config.json`, or undefined without one. */
  readonly file: string | undefined;
}

/**
 * The values by flag, environment, file and default, in this order.
 *
 * @throws {ConfigError} for an unknown key or a value that cannot be
 */
export function readConfig(origins: ConfigOrigins): Config {
  const file = readFile(origins.file);
  const lasting = ({ key, env }: Setting) => (origins.env(env) || undefined) ?? file.get(key);
  const value = (setting: Setting) =>
    origins.flags[setting.key] ?? lasting(setting) ?? setting.fallback;
  const fixed = portOf(lasting(SETTINGS[1]) ?? 0);
  const redisUrl = redisUrlOf(value(SETTINGS[2]));
  return {
    host: hostOf(value(SETTINGS[0])),
    port: portOf(value(SETTINGS[1])),
    ...(fixed === 0 ? {} : { fixedPort: fixed }),
    ...(redisUrl === undefined ? {} : { redisUrl }),
    pollSeconds: pollSecondsOf(value(SETTINGS[3])),
    rawDays: daysOf("retention.raw_days", value(SETTINGS[4])),
    archiveDays: daysOf("retention.archive_days", value(SETTINGS[5])),
    ...(tokenModeOf(value(findSetting("web.token"))) === "on" ? { hasToken: true } : {}),
    capture: captureChoices(value),
  };
}

function hostOf(value: SettingValue): string {
  const host = String(value);
  if (LOOPBACK.includes(host)) return host === "localhost" ? "127.0.0.1" : host;
  throw new ConfigError(
    "Cannot listen there: web.host must be a loopback address (127.0.0.1, ::1 or localhost)",
  );
}

/** Undefined for none; the error says nothing of it, as it may hold a password. */
function redisUrlOf(value: SettingValue): string | undefined {
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

function portOf(value: SettingValue): number {
  const port = numberOf(value);
  if (Number.isInteger(port) && port >= 0 && port <= PORT_MAX) return port;
  throw new ConfigError("Cannot listen there: web.port must be a whole number up to 65535");
}

function numberOf(value: SettingValue): number {
  return typeof value === "number" || typeof value === "string" ? Number(value) : NaN;
}

function pollSecondsOf(value: SettingValue): number {
  const seconds = numberOf(value);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= POLL_SECONDS_MAX) return seconds;
  throw new ConfigError(
    "Cannot poll so often: capture.poll_seconds must be a whole number from 1 to 3600",
  );
}

function daysOf(key: string, value: SettingValue): number {
  const days = numberOf(value);
  if (value !== "" && Number.isInteger(days) && days >= 0 && days <= DAYS_MAX) return days;
  throw new ConfigError(`Cannot keep so long: ${key} must be a whole number of days up to 36500`);
}

function tokenModeOf(value: SettingValue): "on" | "off" {
  if (value === "on" || value === "off") return value;
  throw new ConfigError("Cannot ask for a token: web.token must be on or off");
}

/** A setting's value, and where it comes from. */
export interface EffectiveSetting {
  readonly key: string;
  /** Without the password, if it holds one, and without paths. */
  readonly value: SettingValue;
  readonly origin: "flag" | "environment" | "file" | "default";
}

/**
 * The values with their origins.
 *
 * @throws {ConfigError} for a file that cannot be read
 */
export function explainConfig(origins: ConfigOrigins): EffectiveSetting[] {
  const file = readFile(origins.file);
  return SETTINGS.map((setting: Setting): EffectiveSetting => {
    const { key, env, fallback } = setting;
    const flag = origins.flags[key], variable = origins.env(env) || undefined;
    const value = flag ?? variable ?? file.get(key) ?? fallback;
    const origin = flag !== undefined
      ? "flag"
      : variable !== undefined
      ? "environment"
      : file.has(key)
      ? "file"
      : "default";
    return { key, value: isSecret(setting) ? veiled(value) : value, origin };
  });
}

/** Whether a setting may hold a password, or an address that is nobody's business. */
export function isSecret({ secret }: Pick<Setting, "secret">): boolean {
  return secret === true;
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

/** Of folders how many they are: what prints settings may go to others. */
function veiled(value: SettingValue): SettingValue {
  if (typeof value === "string") return withoutPassword(value);
  return Array.isArray(value) ? value.map(() => "***") : value;
}

/** What is not even an address may be anything. */
function withoutPassword(text: string): string {
  if (text === "") return "";
  const parts = /^(rediss?:\/\/)(?:([^:@/]*)(:[^@/]*)?@)?([^@/]+(?:\/\d{0,4})?)$/i.exec(text);
  if (!parts) return "***";
  const [, protocol, user, password, place] = parts;
  const login = user === undefined ? "" : `${user}${password === undefined ? "" : ":***"}@`;
  return `${protocol}${login}${place}`;
}

function readFile(text: string | undefined): Map<string, SettingValue> {
  const { entries, problems } = readConfigFile(text ?? "{}", SETTINGS.map(({ key }) => key));
  const [first] = problems;
  if (first) throw new ConfigError(`Cannot read config.json: ${problemText(first)}`);
  return new Map(entries.map(({ key, value }) => [key, value]));
}

function problemText({ line, column, what, unknown }: FileProblem): string {
  return `in line ${line}, column ${column}, ${
    unknown === undefined ? what : missingText(unknown)
  }`;
}

/** What is said of a setting that there is not. */
export function missingText(key: string): string {
  const nearest = nearestWord(key, SETTINGS.map((setting) => setting.key));
  return `there is no setting '${key.slice(0, KEY_CHARACTERS)}'` +
    (nearest === undefined ? "" : `; did you mean ${nearest}?`);
}

/** The word that differs in the fewest letters, if few enough do. */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  const scored = words.map((known) => ({ known, distance: editDistance(word, known) }));
  const [best] = scored.sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(2, word.length / 3) ? best.known : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
