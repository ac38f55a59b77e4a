/**
 * Names under steps of one width that stand side by side.
 *
 * @module
 */

/** So many have a name each, also on a phone. */
const NAMED_MAX = 3;
/** Of fewer steps one is so broad that a name beside its middle would be another's. */
const BROAD_MAX = 12;

/** Of a few the name of each, else of the first, of the one in the middle, and of the last. */
export function StepAxis({ steps }: { readonly steps: readonly string[] }) {
  const { length } = steps, isFew = length <= NAMED_MAX;
  return (
    <div class={isFew ? "axis each" : "axis"} aria-hidden="true">
      {(isFew ? steps : namesOf(steps)).map((name) => <span>{name}</span>)}
    </div>
  );
}

function namesOf(steps: readonly string[]): string[] {
  const { length } = steps, hasMiddle = length % 2 === 1 || length > BROAD_MAX;
  const middle = hasMiddle ? [steps[Math.floor((length - 1) / 2)]!] : [];
  return [steps[0]!, ...middle, steps.at(-1)!];
}
