/**
 * Puts the variables into an assistant's settings that make it export to us, and takes them out
 * again: to the same bytes where nothing else was changed since.
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
import type { SettingsFile } from "./settings_file.ts";
import {
  type InstallContext,
  planFiles,
  type SettingsChange,
  SettingsNotes,
  type Start,
} from "./settings_install.ts";
import { isBare, parseSettings, SettingsError } from "./settings_lists.ts";

/** Thrown where the client exports to somebody else already: nothing was touched then. */
export class ExportsElsewhereError extends SettingsError {
  override name = "ExportsElsewhereError";
}

/** The variables in the settings files of one platform. */
export class ExportInstall {
  readonly #context: InstallContext;
  readonly #settings: ExportSettings;
  readonly #notes: SettingsNotes;

  constructor(context: InstallContext, settings: ExportSettings) {
    this.#context = context;
    this.#settings = settings;
    this.#notes = new SettingsNotes(context, "exports");
  }

  /** Whether some settings file has our variables now. */
  isInstalled(): boolean {
    let found = false;
    this.#plan((file) => {
      found ||= this.#settings.isOwn(this.#variablesIn(file.text));
      return undefined;
    });
    return found;
  }

  /** Whether nothing was changed since our variables came in: then they go out first. */
  isLast(): boolean {
    let found = false;
    this.#plan((file) => {
      found ||= this.#notes.isAsWeLeftIt(file);
      return undefined;
    });
    return found;
  }

  /**
   * What is to be done so that every file makes the client export to a server; nothing for a file
   * that does.
   *
   * @param origin where it listens
   * @throws {ExportsElsewhereError} when a variable stands there with another value
   * @throws {SettingsError} when a file cannot be edited
   */
  planInstall(origin: string): SettingsChange[] {
    const wanted = this.#settings.variables(origin);
    return this.#plan((file) => {
      const found = this.#variablesIn(file.text);
      if (Object.entries(wanted).every(([name, value]) => found[name] === value)) {
        return undefined;
      }
      const taken = Object.keys(wanted).find((name) => Object.hasOwn(found, name));
      if (taken !== undefined && !this.#settings.isOwn(found)) {
        throw new ExportsElsewhereError(
          `Cannot install the export: ${taken} is set already; export to one place only`,
        );
      }
      const start = this.#startOf(file);
      const after = this.#withVariables(start.text, wanted);
      return {
        path: file.path,
        before: file.bytes && file.text,
        after,
        apply: (now) =>
          this.#notes.put(file, start, after, {
            platform: `${this.#context.platform.id} exports`,
            kept: this.#objectIn(start.text) ? [this.#settings.key] : [],
            version: null,
          }, now),
      };
    });
  }

  /**
   * What is to be done so that no file has our variables.
   *
   * @throws {SettingsError} when a file cannot be edited; none was touched then
   */
  planUninstall(): SettingsChange[] {
    return this.#plan((file) => {
      const start = this.#startOf(file);
      if (start.text === file.text && !this.#notes.of(file)) return undefined;
      const isGone = start.bytes === null ||
        this.#notes.of(file)?.before === null && isBare(start.text);
      return this.#notes.removal(file, start, isGone);
    });
  }

  #plan(planFile: (file: SettingsFile) => SettingsChange | undefined): SettingsChange[] {
    const { platform, environment } = this.#context;
    return planFiles(platform.hooks.files(environment), planFile);
  }

  /** The file without our variables: as it was, if nothing else was changed since. */
  #startOf(file: SettingsFile): Start {
    const asItWas = this.#notes.startOf(file);
    if (asItWas) return asItWas;
    const kept = this.#notes.of(file)?.kept ?? [this.#settings.key];
    const text = this.#withoutVariables(file.text, kept);
    if (text !== file.text) return { text, bytes: undefined };
    return { text, bytes: file.bytes ?? null };
  }

  #withVariables(text: string, wanted: Readonly<Record<string, string>>): string {
    const { key } = this.#settings;
    let edited = text.trim() === "" ? "{}\n" : text;
    if (!this.#objectIn(edited)) return addProperty(edited, parseSettings(edited), key, wanted);
    for (const [name, value] of Object.entries(wanted)) {
      edited = addProperty(edited, this.#objectIn(edited)!, name, value);
    }
    return edited;
  }

  /** @param kept the object stays, when it is empty without us, if it is named there */
  #withoutVariables(text: string, kept: readonly string[]): string {
    if (!this.#settings.isOwn(this.#variablesIn(text))) return text;
    let edited = text;
    for (const name of Object.keys(this.#settings.variables(""))) {
      const [found] = propertiesOf(this.#objectIn(edited)!, name);
      if (found) edited = removeItem(edited, found.parent!);
    }
    const object = this.#objectIn(edited)!;
    const isBare = object.children!.length === 0 && !kept.includes(this.#settings.key);
    return isBare ? removeItem(edited, object.parent!) : edited;
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
