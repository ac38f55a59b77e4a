/**
 * Why a file is not taken into an aggregate.
 *
 * @module
 */

/** Thrown for a file that is left out; the reason holds nothing of the file, nor its name. */
export class TeamFileError extends Error {
  override name = "TeamFileError";

  constructor(readonly reason: string, options?: ErrorOptions) {
    super(`Cannot take an export: ${reason}`, options);
  }
}

/** It is something else. */
export const FOREIGN = "it is no export of Blueplane";
/** It says so, or has what no anonymous export has. */
export const NOT_ANONYMOUS = "it is not anonymous; export it with --anonymize";
/** It ends too early, or is no longer what was written. */
export const BROKEN = "it is cut off or broken";
/** One piece of it would fill the memory. */
export const TOO_LARGE = "it holds more than it may";
/** It is a folder, a pipe, a device. */
export const NO_FILE = "it is no plain file";
/** For people; numbers in it are rounded. */
export const MARKDOWN = "it is Markdown; export it as JSON, JSON Lines, CSV or Parquet";
/** The header stands beside the first row. */
export const EMPTY_CSV = "it is empty, and CSV does not say then what it is of";
/** Nobody could tell what of it a newer one replaces. */
export const PARTS_OF_MONTHS = "its period is not one of whole months; export it again";
/** No other one is of the same. */
export const ONE_ALONE = "it is of one project or session alone; export without that filter";
/** Added up with the others, numbers would be of nothing in particular. */
export const OTHER_SCOPE = "it was exported with other filters than the rest";
/** Its form may mean something else. */
export const OTHER_VERSION = "it is of another version of Blueplane";
