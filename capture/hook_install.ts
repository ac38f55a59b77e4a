/**
 * Puts hooks into the settings of an assistant, keeps them right for the version that is in use,
 * and takes them out again.
 *
 * @module
 */

import type { HookLists, HookTarget } from "./hook_settings.ts";
import { readInstallNotes } from "./install_notes.ts";
import {
  type InstallContext,
  type SettingsChange,
  SettingsInstall,
  type Wanted,
} from "./settings_install.ts";
import { addToLists, emptyLists, ownLists, takeFromLists } from "./settings_lists.ts";

/** Hooks in the settings files of one platform. */
export class HookInstall {
  readonly #context: InstallContext;
  readonly #install: SettingsInstall<HookLists>;

  constructor(context: InstallContext) {
    const { id, hooks } = context.platform;
    this.#context = context;
    this.#install = new SettingsInstall<HookLists>(context, {
      name: "settings",
      owner: id,
      frame: hooks.frame,
      has: (text, lists) => sortedJson(ownLists(text, hooks.isOwn)) === sortedJson(lists),
      add: (text, lists) => addToLists(text, lists, hooks.frame),
      remove: (text, kept) => takeFromLists(text, hooks.isOwn, kept),
      keptIn: emptyLists,
    });
  }

  /** Whether there is a file into which something was put. */
  get isInstalled(): boolean {
    const notes = readInstallNotes(this.#context.notes);
    return [...notes.values()].some((note) => note.platform === this.#context.platform.id);
  }

  /** Whether nothing was changed since our entries came in: then they go out first. */
  isLast(): boolean {
    return this.#install.isLast();
  }

  /**
   * What is to be done so that every settings file has the hooks of a version, and no others of
   * ours; nothing for a file that has them.
   *
   * @throws {SettingsError} when a file cannot be edited; none was touched then
   */
  planInstall(version: string | undefined, target: HookTarget): SettingsChange[] {
    return this.#install.plan(() => this.#wanted(version, target));
  }

  /**
   * The same for files that have our entries, with the program that these call; without a version
   * for the one that they are for already.
   *
   * @throws {SettingsError} when a file cannot be edited; none was touched then
   */
  planUpdate(version: string | undefined, target: HookTarget): SettingsChange[] {
    const { isOwn, programOf } = this.#context.platform.hooks;
    return this.#install.plan((file) => {
      const note = this.#install.noteOf(file);
      const entries = [...ownEntries(ownLists(file.text, isOwn), isOwn)];
      // Whoever took all of them out by hand does not want them back.
      const isByHand = entries.length === 0 && note?.after !== this.#install.hashOf(file);
      if (!note || isByHand) return undefined;
      const program = entries.map(programOf).find((found) => found !== undefined);
      const current = version ?? note.version ?? undefined;
      return this.#wanted(current, { ...target, program: program ?? target.program });
    });
  }

  /**
   * What is to be done so that no settings file has an entry of ours.
   *
   * @throws {SettingsError} when a file cannot be edited; none was touched then
   */
  planUninstall(): SettingsChange[] {
    return this.#install.planUninstall();
  }

  #wanted(version: string | undefined, target: HookTarget): Wanted<HookLists> {
    const { lists } = this.#context.platform.hooks;
    return { entries: lists(version, target), version: version ?? null };
  }
}

function* ownEntries(value: unknown, isOwn: (value: unknown) => boolean): Generator<unknown> {
  if (isOwn(value)) yield value;
  else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) yield* ownEntries(part, isOwn);
  }
}

function sortedJson(lists: HookLists): string {
  return JSON.stringify(Object.entries(lists).sort(([a], [b]) => a < b ? -1 : 1));
}
