/**
 * How what a client exports is stored: for the fold that writes it and the reports that read it.
 *
 * @module
 */

/** By what a fact was told; the numbers are stored, and the less holds where both tell. */
export const EXPORTED_VIA = { log: 0, span: 1 } as const;
