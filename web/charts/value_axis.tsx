/**
 * The numbers beside a drawing: what its top, its middle and its bottom stand for.
 *
 * @module
 */

/** What the axis shows. */
export interface ValueAxisProps {
  /** The value at the top; that at the bottom is 0. */
  readonly top: number;
  /** There is no half of what is counted: of 1 no middle is named. */
  readonly isWhole?: boolean;
  format(value: number): string;
}

/** The axis; it stands before its drawing in a box of class `plot`. */
export function ValueAxis({ top, isWhole = false, format }: ValueAxisProps) {
  const middle = top / 2;
  return (
    <div class="values" aria-hidden="true">
      <span class="top">{format(top)}</span>
      {isWhole && !Number.isInteger(middle) ? null : <span>{format(middle)}</span>}
      <span>{format(0)}</span>
    </div>
  );
}
