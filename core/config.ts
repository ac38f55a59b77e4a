/**
 * The values of all settings, and where each one comes from.
 *
 * @module
 */

import type { CaptureChoices } from "./capture_choices.ts";
import { captureChoices } from "./capture_settings.ts";
import { type FileProblem, readConfigFile } from "./config_file.ts";
import { ConfigError, refusalOf, type Setting, type SettingValue } from "./setting.ts";
import {
  daysOf,
  findSetting,
  hostOf,
  isSecret,
  missingText,
  pollSecondsOf,
  portOf,
  redisUrlOf,
  SETTINGS,
  settingVariable,
  tokenModeOf,
} from "./settings.ts";

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
  /** Days for which sums by the minute and by five minutes are kept. */
  readonly minuteDays: number;
  readonly fiveMinuteDays: number;
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
  for (const setting of SETTINGS) requireLasting(setting, origins.env, file);
  const lasting = (setting: Setting) =>
    settingVariable(setting, origins.env)?.value ?? file.get(setting.key);
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
    minuteDays: daysOf("retention.minute_days", value(SETTINGS[6]), 1),
    fiveMinuteDays: daysOf("retention.five_minute_days", value(SETTINGS[7]), 7),
    ...(tokenModeOf(value(findSetting("web.token"))) === "on" ? { hasToken: true } : {}),
    capture: captureChoices(value),
  };
}

/** A value of a command is there to be seen; one that lasts is named with where it comes from. */
function requireLasting(
  setting: Setting,
  env: ConfigOrigins["env"],
  file: ReadonlyMap<string, SettingValue>,
): void {
  const variable = settingVariable(setting, env),
    value = variable?.value ?? file.get(setting.key);
  const refusal = value === undefined ? undefined : refusalOf(setting, value);
  if (refusal === undefined) return;
  const origin = variable ? `${variable.name} of the environment` : "config.json";
  throw new ConfigError(`Cannot use ${origin}: ${refusal}`);
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
    const { key, fallback } = setting;
    const flag = origins.flags[key], variable = settingVariable(setting, origins.env)?.value;
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
  if (text === undefined) return new Map();
  const { entries, problems } = readConfigFile(text, SETTINGS.map(({ key }) => key));
  const [first] = problems;
  if (first) throw new ConfigError(`Cannot read config.json: ${problemText(first)}`);
  return new Map(entries.map(({ key, value }) => [key, value]));
}

function problemText({ line, column, what, unknown }: FileProblem): string {
  return `in line ${line}, column ${column}, ${
    unknown === undefined ? what : missingText(unknown)
  }`;
}
