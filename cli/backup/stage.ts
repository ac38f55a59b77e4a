/**
 * A folder for copies on their way, beside what they are of: what a killed process left there goes
 * a day later.
 *
 * @module
 */

import type { Home } from "../../core/home.ts";
import { inHome } from "../../core/home_closed.ts";

/** The folder; it is removed when disposed. */
export interface Stage extends Disposable {
  readonly path: string;
  readonly name: string;
  /** Leaves it where it is. */
  keep(): void;
}

const LEFT_OVER_MS = 86_400_000;
const NAME = /^(backup|restore)-[0-9a-f-]{36}$/;

/**
 * Makes an empty one below `tmp`.
 *
 * @param now milliseconds since 1970 UTC
 */
export function makeStage(home: Home, what: "backup" | "restore", now: number): Stage {
  inHome("write to", () => Deno.mkdirSync(home.temporary, { recursive: true, mode: 0o700 }));
  for (const { name, isDirectory } of Deno.readDirSync(home.temporary)) {
    if (isDirectory && NAME.test(name)) removeOld(`${home.temporary}/${name}`, now);
  }
  const name = `${what}-${crypto.randomUUID()}`, path = `${home.temporary}/${name}`;
  inHome("write to", () => Deno.mkdirSync(path, { mode: 0o700 }));
  let isKept = false;
  return {
    path,
    name,
    keep: () => isKept = true,
    [Symbol.dispose]() {
      if (!isKept) Deno.removeSync(path, { recursive: true });
    },
  };
}

/** The path of a stage by its name. @returns undefined for what is none */
export function stagePath(home: Home, name: unknown): string | undefined {
  return typeof name === "string" && NAME.test(name) ? `${home.temporary}/${name}` : undefined;
}

function removeOld(path: string, now: number): void {
  const { mtime } = Deno.lstatSync(path);
  if (now - (mtime?.getTime() ?? 0) < LEFT_OVER_MS) return;
  Deno.removeSync(path, { recursive: true });
}
