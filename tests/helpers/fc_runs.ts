/** How often a property is tried: FC_RUNS, or as often as a quick run allows. */

/** The options of one property; `usual` runs where FC_RUNS does not ask for another number. */
export function fcRuns(usual = 100): { numRuns: number } {
  const asked = Number(Deno.env.get("FC_RUNS") ?? "");
  return { numRuns: asked > 0 ? asked : usual };
}
