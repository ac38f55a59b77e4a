/**
 * Every setting there is: its name, default and meaning, and where its value comes from.
 *
 * @module
 */

import { parse, type ParseError, printParseErrorCode } from "jsonc-parser";

/** Thrown for a setting that cannot be: a usage error. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/** One setting. */
export interface Setting {
  /** Name in `config.json`, with its section. */
  readonly key: string;
  /** Environment variable. */
  readonly env: string;
  readonly fallback: string | number;
  readonly help: string;
  /** It may hold a password and an address: its value is shown nowhere. */
  readonly secret?: true;
}

/** The table that README prints and `blueplane config` will. */
export const SETTINGS = [
  {
    key: "web.host",
    env: "BLUEPLANE_HOST",
    fallback: "127.0.0.1",
    help: "Where serve listens: a loopback address",
  },
  {
    key: "web.port",
    env: "BLUEPLANE_PORT",
    fallback: 7531,
    help: "The port of serve; 0 takes a free one",
  },
  {
    key: "redis.url",
    env: "BLUEPLANE_REDIS_URL",
    fallback: "",
    help: "Turns Redis on: redis:// or rediss://, with user and password",
    secret: true,
  },
  {
    key: "capture.poll_seconds",
    env: "BLUEPLANE_CAPTURE_POLL_SECONDS",
    fallback: 30,
    help: "How often a running server looks at databases that assistants write, 1 to 3600",
  },
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
}

/** Where values come from, the strongest first. */
export interface ConfigOrigins {
  readonly flags: Readonly<Record<string, string | number | undefined>>;
  readonly env: (name: string) => string | undefined;
  /** The text of `config.json`, or undefined without one. */
  readonly file: string | undefined;
}

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"]);

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
  const host = String(value(SETTINGS[0]));
  if (!LOOPBACK.has(host)) {
    throw new ConfigError(
      "Cannot listen there: web.host must be a loopback address (127.0.0.1, ::1 or localhost)",
    );
  }
  const fixed = portOf(lasting(SETTINGS[1]) ?? 0);
  const redisUrl = redisUrlOf(String(value(SETTINGS[2])));
  return {
    host: host === "localhost" ? "127.0.0.1" : host,
    port: portOf(value(SETTINGS[1])),
    ...(fixed === 0 ? {} : { fixedPort: fixed }),
    ...(redisUrl === undefined ? {} : { redisUrl }),
    pollSeconds: pollSecondsOf(value(SETTINGS[3])),
  };
}

/** Undefined for none; the error says nothing of it, as it may hold a password. */
function redisUrlOf(text: string): string | undefined {
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

function portOf(value: string | number): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new ConfigError("Cannot listen there: web.port must be a whole number up to 65535");
}

function pollSecondsOf(value: string | number): number {
  const seconds = Number(value);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600) return seconds;
  throw new ConfigError(
    "Cannot poll so often: capture.poll_seconds must be a whole number from 1 to 3600",
  );
}

/** A setting's value, and where it comes from. */
export interface EffectiveSetting {
  readonly key: string;
  readonly value: string | number;
  readonly origin: "flag" | "environment" | "file" | "default";
}

/**
 * The values with their origins.
 *
 * @throws {ConfigError} as {@linkcode readConfig} does
 */
export function explainConfig(origins: ConfigOrigins): EffectiveSetting[] {
  const file = readFile(origins.file);
  return SETTINGS.map((setting): EffectiveSetting => {
    const { key, env, fallback }: Setting = setting;
    const shown = (value: string | number) => isSecret(setting) ? "(set)" : value;
    const flag = origins.flags[key], variable = origins.env(env) || undefined;
    if (flag !== undefined) return { key, value: shown(flag), origin: "flag" };
    if (variable !== undefined) return { key, value: shown(variable), origin: "environment" };
    const value = file.get(key);
    return value === undefined
      ? { key, value: fallback, origin: "default" }
      : { key, value: shown(value), origin: "file" };
  });
}

function isSecret({ secret }: Setting): boolean {
  return secret === true;
}

function readFile(text: string | undefined): Map<string, string | number> {
  const values = new Map<string, string | number>();
  if (text === undefined) return values;
  const errors: ParseError[] = [];
  const json: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first) {
    const line = text.slice(0, first.offset).split("\n").length;
    throw new ConfigError(
      `Cannot read config.json: ${printParseErrorCode(first.error)} in line ${line}`,
    );
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new ConfigError("Cannot read config.json: it is no object");
  }
  for (const [section, entries] of Object.entries(json)) {
    if (section === "$schema") continue;
    if (typeof entries !== "object" || entries === null) throw unknownKey(section);
    for (const [name, value] of Object.entries(entries as Record<string, unknown>)) {
      const key = `${section}.${name}`;
      if (!SETTINGS.some((setting) => setting.key === key)) throw unknownKey(key);
      if (typeof value !== "string" && typeof value !== "number") {
        throw new ConfigError(`Cannot read config.json: ${key} must be a text or a number`);
      }
      values.set(key, value);
    }
  }
  return values;
}

function unknownKey(key: string): ConfigError {
  const nearest = nearestWord(key, SETTINGS.map((setting) => setting.key));
  return new ConfigError(
    `Cannot read config.json: there is no setting '${key.slice(0, 40)}'` +
      (nearest === undefined ? "" : `; did you mean ${nearest}?`),
  );
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
