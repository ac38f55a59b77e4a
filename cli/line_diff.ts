/**
 * The difference of two texts, line by line, as `diff -u` shows it.
 *
 * @module
 */

const CONTEXT_LINES = 3;

interface Step {
  readonly sign: " " | "-" | "+";
  readonly line: string;
}

/** Hunks of changed lines with three others around them; empty for equal texts. */
export function lineDiff(before: string, after: string): string[] {
  const steps = compare(linesOf(before), linesOf(after));
  const near = steps.map((_, i) =>
    steps.slice(Math.max(0, i - CONTEXT_LINES), i + CONTEXT_LINES + 1)
      .some(({ sign }) => sign !== " ")
  );
  const out: string[] = [];
  let oldLine = 1, newLine = 1;
  steps.forEach(({ sign, line }, i) => {
    if (near[i] && !near[i - 1]) out.push(`@@ -${oldLine} +${newLine} @@`);
    if (near[i]) out.push(sign + line);
    if (sign !== "+") oldLine++;
    if (sign !== "-") newLine++;
  });
  return out;
}

/** A longest common subsequence, so that as few lines as possible are told as changed. */
function compare(before: readonly string[], after: readonly string[]): Step[] {
  const common = before.map(() => new Uint32Array(after.length + 1));
  common.push(new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      common[i]![j] = before[i] === after[j]
        ? common[i + 1]![j + 1]! + 1
        : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const steps: Step[] = [];
  let i = 0, j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      steps.push({ sign: " ", line: before[i]! });
      i++, j++;
    } else if (
      j >= after.length || i < before.length && common[i + 1]![j]! >= common[i]![j + 1]!
    ) {
      steps.push({ sign: "-", line: before[i++]! });
    } else steps.push({ sign: "+", line: after[j++]! });
  }
  return steps;
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
}
