/** The error of a build that cannot be made. */

/** Says in one line what cannot be made, and why. */
export class CompileError extends Error {
  override readonly name = "CompileError";
}
