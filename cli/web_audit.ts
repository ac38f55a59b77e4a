/**
 * The audit of privacy for the web face: the command looks at every byte in a process of its own,
 * and what it found is remembered until the server stops.
 *
 * @module
 */

import { resolve } from "node:path";
import { NotReadyError } from "../web/problem.ts";
import type { Audited } from "../web/web_context.ts";
import type { AuditReport } from "./commands/privacy_audit.ts";
import { runOwnCommand } from "./own_command.ts";
import type { Workspace } from "./workspace.ts";

/** Looks, one time after the other, and remembers. */
export class WebAudit {
  readonly #workspace: Pick<Workspace, "home" | "io">;
  #isBusy = false;
  #last: Audited | undefined;

  constructor(workspace: Pick<Workspace, "home" | "io">) {
    this.#workspace = workspace;
  }

  /** What was found last; undefined before the first look. */
  get last(): Audited | undefined {
    return this.#last;
  }

  /** @throws {NotReadyError} while it looks */
  async run(): Promise<Audited> {
    if (this.#isBusy) throw new NotReadyError("Cannot audit: an audit is going on");
    this.#isBusy = true;
    try {
      return this.#last = await this.#look();
    } finally {
      this.#isBusy = false;
    }
  }

  async #look(): Promise<Audited> {
    const { home, io } = this.#workspace;
    const words = ["privacy", "audit", "--json", "--quiet", `--home=${resolve(home.path)}`];
    const { code, stdout } = await runOwnCommand(io, words);
    // 1 says that something was found.
    if (code > 1 || stdout === "") throw new Error("Cannot audit: the command failed");
    const { clean, findings, places, events, looked_for } = JSON.parse(stdout) as AuditReport;
    return {
      at: io.clock.now(),
      clean,
      findings,
      places: places.length,
      bytes: places.reduce((sum, { bytes }) => sum + bytes, 0),
      events,
      ownWords: looked_for.own_words,
    };
  }
}
