/**
 * A reader of the home's database for all that one call asks, as the first answer of each takes
 * longest.
 *
 * @module
 */

import type { Asked, Database } from "../core/database.ts";
import { openHomeReader, type Workspace } from "./workspace.ts";

/** Opened when it is asked for, and again after it was closed. */
export class HomeReader implements Disposable {
  readonly #workspace: Workspace;
  readonly #asked: Asked;
  #db: Database | undefined;

  constructor(workspace: Workspace, asked: Asked) {
    this.#workspace = workspace;
    this.#asked = asked;
  }

  /** Undefined before there is a database of this version. */
  get db(): Database | undefined {
    return this.#db ??= openHomeReader(this.#workspace, this.#asked);
  }

  /** Closes what is open: for who puts another database in its place, or closes last. */
  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
