/**
 * Files that may not be there, or go away while they are looked at.
 *
 * @module
 */

/**
 * What `look` makes of something on the disk; undefined where that is not.
 *
 * @throws whatever else is wrong with it
 */
export function ifThere<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Whether something has this path; a link that leads nowhere has it, too. */
export function isThere(path: string): boolean {
  return ifThere(() => Deno.lstatSync(path)) !== undefined;
}

/** What stands in a folder; nothing, where that is not. */
export function entriesIn(folder: string): Deno.DirEntry[] {
  return ifThere(() => [...Deno.readDirSync(folder)]) ?? [];
}

/** Removes a file, where there is one. */
export function removeIfThere(path: string): void {
  ifThere(() => Deno.removeSync(path));
}
