/**
 * One setting, and the error for a value that it cannot have.
 *
 * @module
 */

/** A value as the file has it, or as a text from elsewhere. */
export type SettingValue = string | number | boolean | readonly string[];

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
  readonly fallback: SettingValue;
  readonly help: string;
  /** What it may be, as JSON Schema says it; `parse` has the last word. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** @throws {ConfigError} for a value that cannot be */
  readonly parse: (value: SettingValue) => SettingValue | undefined;
  /** It may hold a password, an address or a path: its value is shown nowhere. */
  readonly secret?: true;
}

/** Why a setting cannot have a value, naming it; undefined where it can. */
export function refusalOf({ parse }: Setting, value: SettingValue): string | undefined {
  try {
    parse(value);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.message.replace(/^Cannot [^:]*: /, "");
    throw error;
  }
}
