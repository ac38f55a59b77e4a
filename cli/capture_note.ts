/**
 * What is said of what a person does not want captured.
 *
 * @module
 */

import type { CaptureChoices } from "../core/capture_choices.ts";
import { formatCounted } from "../core/format.ts";

/** One line; undefined where all is captured. */
export function captureNote({ paused, off, exclude }: CaptureChoices): string | undefined {
  if (paused) return "paused: nothing is captured; blueplane config set capture.paused false";
  const parts = [
    ...(off.length > 0 ? [`off: ${off.join(", ")}`] : []),
    ...(exclude.length > 0 ? [`${formatCounted(exclude.length, "folder")} left out`] : []),
  ];
  return parts.length > 0 ? parts.join("; ") : undefined;
}

/** The same for JSON, which holds no folder. */
export function captureDocument({ paused, off, exclude }: CaptureChoices) {
  return { paused, off, excluded_folders: exclude.length };
}
