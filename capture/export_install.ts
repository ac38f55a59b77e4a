/**
 * Puts the variables into an assistant's settings that make it export to us, and takes them out
 * again.
 *
 * @module
 */

import {
  addProperty,
  type JsoncNode,
  jsoncValue,
  propertiesOf,
  removeItem,
} from "../core/jsonc.ts";
import type { ExportSettings } from "./export_settings.ts";
import { objectOf } from "./json_access.ts";
import {
  type InstallContext,
  type SettingsChange,
  SettingsInstall,
  type SettingsKind,
} from "./settings_install.ts";
import { parseSettings, SettingsError } from "./settings_lists.ts";

/** Thrown where the client exports to somebody else already: nothing was touched then. */
export class ExportsElsewhereError extends SettingsError {
  override name = "ExportsElsewhereError";
}

type Variables = Readonly<Record<string, string>>;

/** The variables in the settings files of one platform. */
export class ExportInstall {
  readonly #kind: ExportKind;
  readonly #install: SettingsInstall<Variables>;
  readonly #settings: ExportSettings;

  constructor(context: InstallContext, settings: ExportSettings) {
    this.#settings = settings;
    this.#kind = new ExportKind(context, settings);
    this.#install = new SettingsInstall(context, this.#kind);
  }

  /** Whether some settings file has our variables now. */
  isInstalled(): boolean {
    return this.#install.look(({ text }) => this.#kind.ownIn(text).length > 0).includes(true);
  }

  /** Whether nothing was changed since our variables came in: then they go out first. */
  isLast(): boolean {
    return this.#install.isLast();
  }

  /**
   * What is to be done so that every file makes the client export to a server; nothing for a file
   * that does. What the user has set anew since stays.
   *
   * @param origin where it listens
   * @throws {ExportsElsewhereError} when a variable stands there with another value
   * @throws {SettingsError} when a file cannot be edited
   */
  planInstall(origin: string): SettingsChange[] {
    const entries = this.#settings.variables(origin);
    return this.#install.plan(() => ({ entries, version: null }));
  }

  /**
   * What is to be done so that no file has our variables.
   *
   * @throws {SettingsError} when a file cannot be edited; none was touched then
   */
  planUninstall(): SettingsChange[] {
    return this.#install.planUninstall();
  }
}

/** Variables in one object of the settings. */
class ExportKind implements SettingsKind<Variables> {
  readonly name = "exports";
  readonly owner: string;
  readonly #settings: ExportSettings;

  constructor({ platform }: InstallContext, settings: ExportSettings) {
    this.#settings = settings;
    this.owner = `${platform.id} exports`;
  }

  has(text: string, wanted: Variables): boolean {
    const found = this.#variablesIn(text), own = this.ownIn(text);
    return own.length > 0 &&
      Object.entries(wanted).every(([name, value]) =>
        found[name] === value || Object.hasOwn(found, name) && !own.includes(name)
      );
  }

  requireFree(text: string, wanted: Variables): void {
    const found = this.#variablesIn(text);
    const taken = Object.keys(wanted).find((name) => Object.hasOwn(found, name));
    if (taken === undefined || this.ownIn(text).length > 0) return;
    throw new ExportsElsewhereError(
      `Cannot install the export: ${taken} is set already; export to one place only`,
    );
  }

  add(text: string, wanted: Variables): string {
    const { key } = this.#settings;
    let edited = text.trim() === "" ? "{}\n" : text;
    if (!this.#objectIn(edited)) return addProperty(edited, parseSettings(edited), key, wanted);
    for (const [name, value] of Object.entries(wanted)) {
      const object = this.#objectIn(edited)!;
      if (propertiesOf(object, name).length > 0) continue;
      edited = addProperty(edited, object, name, value);
    }
    return edited;
  }

  remove(text: string, kept: readonly string[]): string {
    const own = this.ownIn(text);
    if (own.length === 0) return text;
    let edited = text;
    for (const name of own) {
      const [found] = propertiesOf(this.#objectIn(edited)!, name);
      edited = removeItem(edited, found!.parent!);
    }
    const object = this.#objectIn(edited)!;
    const isBare = object.children!.length === 0 && !kept.includes(this.#settings.key);
    return isBare ? removeItem(edited, object.parent!) : edited;
  }

  keptIn(text: string): readonly string[] {
    return this.#objectIn(text) ? [this.#settings.key] : [];
  }

  /** The names of ours that a text has. */
  ownIn(text: string): readonly string[] {
    return this.#settings.ownNames(this.#variablesIn(text));
  }

  #variablesIn(text: string): Readonly<Record<string, unknown>> {
    const object = this.#objectIn(text);
    return object ? objectOf(jsoncValue(object)) : {};
  }

  #objectIn(text: string): JsoncNode | undefined {
    if (text.trim() === "") return undefined;
    const { key } = this.#settings;
    const [object, second] = propertiesOf(parseSettings(text), key);
    if (second) throw new SettingsError(`Cannot edit the settings: "${key}" is there twice`);
    if (object && object.type !== "object") {
      throw new SettingsError(`Cannot edit the settings: "${key}" is no object`);
    }
    return object;
  }
}
