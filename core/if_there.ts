/**
 * Files that may not be there, or go away while they are looked at.
 *
 * @module
 */

/**
 * What `look` makes of something on the disk; undefined where that is not, as also where a file
 * stands in the place of a folder on the way.
 *
 * @throws whatever else is wrong with it
 */
export function ifThere<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether that is why something cannot be looked at. */
export function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

/** Whether it cannot be looked at because we may not. */
export function isDenied(error: unknown): boolean {
  return error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.NotCapable;
}

/** Whether a look fails because we may not look. */
export function isClosed(look: () => unknown): boolean {
  try {
    look();
    return false;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return isDenied(error);
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
