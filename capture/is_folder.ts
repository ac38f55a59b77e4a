/**
 * Whether a path can be used as a folder.
 *
 * @module
 */

/** Whether there is a folder, and we may look at it. */
export function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
