/**
 * Puts our status line into the settings of an assistant and takes it out again; the user's own
 * line, if that was replaced, comes back in its old place.
 *
 * @module
 */

import {
  addProperty,
  type JsoncNode,
  jsoncValue,
  propertiesOf,
  removeItem,
  replaceNode,
  replaceValue,
  writtenIn,
} from "../core/jsonc.ts";
import {
  type InstallContext,
  type SettingsChange,
  SettingsInstall,
  type SettingsKind,
} from "./settings_install.ts";
import { parseSettings, SettingsError } from "./settings_lists.ts";
import type { StatusSettings } from "./status_settings.ts";

interface WantedLine {
  readonly value: unknown;
  /** Whether a line of the user's own is replaced. */
  readonly force: boolean;
}

/** The status line in the settings files of one platform. */
export class StatusInstall {
  readonly #kind: LineKind;
  readonly #install: SettingsInstall<WantedLine>;
  readonly #status: StatusSettings;

  constructor(context: InstallContext, status: StatusSettings) {
    this.#status = status;
    this.#kind = new LineKind(context, status);
    this.#install = new SettingsInstall(context, this.#kind);
  }

  /** Whether some settings file has our line now. */
  isInstalled(): boolean {
    return this.#values().some((value) => this.#status.isOwn(value));
  }

  /** The programs that our lines call, with their options, as a shell reads them. */
  programs(): string[] {
    return this.#values().flatMap((value) => this.#status.programOf(value) ?? []);
  }

  /** Whether some settings file has a line of the user's own. */
  isOther(): boolean {
    return this.#values().some((value) => value !== undefined && !this.#status.isOwn(value));
  }

  /** Whether nothing was changed since our line came in: then it goes out first. */
  isLast(): boolean {
    return this.#install.isLast();
  }

  /**
   * What is to be done so that every settings file has our line; nothing for one that has it.
   *
   * @param program with its options, as a shell reads them
   * @param force whether a line of the user's own is replaced
   * @throws {SettingsError} when a file cannot be edited, or has a line of the user's own; none
   * was touched then
   */
  planInstall(program: string, force: boolean): SettingsChange[] {
    const value = this.#status.value(program);
    return this.#install.plan(() => ({ entries: { value, force }, version: null }));
  }

  /**
   * What is to be done so that no settings file has our line.
   *
   * @throws {SettingsError} when a file cannot be edited; none was touched then
   */
  planUninstall(): SettingsChange[] {
    return this.#install.planUninstall();
  }

  #values(): unknown[] {
    return this.#install.look(({ text }) => {
      const line = this.#kind.lineIn(text);
      return line && jsoncValue(line);
    });
  }
}

/** One value of the settings. */
class LineKind implements SettingsKind<WantedLine> {
  readonly name = "status line";
  readonly owner: string;
  readonly #status: StatusSettings;

  constructor({ platform }: InstallContext, status: StatusSettings) {
    this.#status = status;
    this.owner = `${platform.id}.status_line`;
  }

  has(text: string, { value }: WantedLine): boolean {
    const line = this.lineIn(text);
    return line !== undefined && JSON.stringify(jsoncValue(line)) === JSON.stringify(value);
  }

  requireFree(text: string, { force }: WantedLine): void {
    const line = this.lineIn(text);
    if (!line || force || this.#status.isOwn(jsoncValue(line))) return;
    throw new SettingsError(
      "Cannot install the status line: there is one already; --force replaces it, and " +
        "uninstall puts it back",
    );
  }

  add(text: string, { value }: WantedLine): string {
    const whole = text.trim() === "" ? `${text}{}\n` : text;
    const line = this.lineIn(whole);
    return line
      ? replaceValue(whole, line, value)
      : addProperty(whole, parseSettings(whole), this.#status.key, value);
  }

  remove(text: string, _kept: readonly string[], before = ""): string {
    const line = this.lineIn(text);
    if (!line || !this.#status.isOwn(jsoncValue(line))) return text;
    const users = this.lineIn(before);
    return !users || this.#status.isOwn(jsoncValue(users))
      ? removeItem(text, line.parent!)
      : replaceNode(text, line, writtenIn(before, users));
  }

  keptIn(): readonly string[] {
    return [];
  }

  /** The line that stands there, whosever it is. */
  lineIn(text: string): JsoncNode | undefined {
    if (text.trim() === "") return undefined;
    const { key } = this.#status;
    const [found, second] = propertiesOf(parseSettings(text), key);
    if (second) throw new SettingsError(`Cannot edit the settings: "${key}" is there twice`);
    return found;
  }
}
