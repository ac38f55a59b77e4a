/* Draws charts of time over those of the server, out of their tables. */

/** Does nothing yet to a page without such a chart, and loads nothing. */
export function startSeries(root) {
  return root.querySelectorAll('[data-chart="series"]').length;
}
