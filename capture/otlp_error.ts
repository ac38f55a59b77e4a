/**
 * What is wrong with an export that was sent to us.
 *
 * @module
 */

/** Thrown for a body that is no OTLP; its message holds nothing of the body. */
export class OtlpError extends Error {
  override name = "OtlpError";
}
