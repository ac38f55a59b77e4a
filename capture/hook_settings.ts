/**
 * How an assistant is told to call us: what a platform says of its settings files and of the
 * hooks that may stand in them.
 *
 * @module
 */

import type { Environment } from "./platform.ts";

/** How an installed hook reaches us. */
export interface HookTarget {
  /** The program with its options, as a shell reads them; a subcommand follows. */
  readonly program: string;
  /**
   * `http://127.0.0.1:7531`, where the user has fixed the server's address. What is posted there
   * while no server runs is lost; what a command is given waits in the spool.
   */
  readonly origin: string | undefined;
}

/** What a settings file must say beside its lists, whatever else it says. */
export type SettingsFrame = Readonly<Record<string, number>>;

/** Values for the lists of a settings file, by the name of the list below `hooks`. */
export type HookLists = Readonly<Record<string, readonly unknown[]>>;

/** A platform's side of `install`. */
export interface HookSettings {
  /** Settings files in the folders that exist; the files themselves may be missing. */
  files(environment: Environment): readonly string[];
  /** What is added to a file that does not say it; empty where nothing is asked for. */
  readonly frame: SettingsFrame;
  /** What is seen later or not at all without hooks, as a sentence goes on with it. */
  readonly gain: string;
  /** The version of the program that is installed; undefined if that cannot be found out. */
  programVersion(environment: Environment): Promise<string | undefined>;
  /** Versions that wrote something in the last days. */
  seenVersions(environment: Environment, now: number): readonly string[];
  /** Of several versions the one that takes the least; undefined for none. */
  lowest(versions: readonly string[]): string | undefined;
  /** Values of a settings file that, when true, switch all hooks off. */
  readonly offSwitches?: readonly string[];
  /** What may be written for a version; for an unknown one what every version takes. */
  lists(version: string | undefined, target: HookTarget): HookLists;
  /** Whether a value, at any depth of a list, is an entry of ours. */
  isOwn(value: unknown): boolean;
  /** The program that such an entry calls; undefined if it calls none. */
  programOf(own: unknown): string | undefined;
}
