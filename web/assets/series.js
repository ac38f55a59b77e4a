/*
 * Draws charts of time over those of the server, out of their tables: bars upon one another that
 * can be gone along with the pointer, a finger or the arrow keys, and series that can be hidden.
 */

const HEIGHT = 190, LOW_HEIGHT = 160, NARROW = 480;
/* A letter of the axis takes about so much. */
const NAME_PX = 6.6;
/* What was done to a chart outlives its being made anew, by the section in which it is. */
const kept = new Map();
/* Loaded with the first chart. */
let uPlot;

/** Makes every `[data-chart="series"]` below `root`, also those that come later. */
export function startSeries(root) {
  makeAll(root);
  root.addEventListener("section", ({ target }) => makeAll(target));
}

/* At once, where what draws is there: what has the focus then keeps it. */
function makeAll(root) {
  const figures = root.querySelectorAll('figure[data-chart="series"]');
  if (figures.length === 0) return;
  if (uPlot) return figures.forEach(make);
  import("./uplot.js").then((loaded) => {
    uPlot = loaded.default;
    makeAll(root);
  });
}

function make(figure) {
  const data = readTable(figure.querySelector("table"));
  if (!figure.isConnected || data.steps.length < 2) return;
  const section = figure.closest("[data-section]")?.dataset.section ?? "";
  const state = kept.get(section) ?? { hidden: new Set(), at: null };
  kept.set(section, state);
  state.chart?.end();
  state.chart = new SeriesChart(figure, data, state);
}

/* Names of steps, and of each series its name, numbers and the texts that stand for them. */
function readTable(table) {
  const names = [...table.querySelectorAll("thead th")].slice(1).map((th) => th.textContent);
  const rows = [...table.querySelectorAll("tbody tr")];
  const cells = rows.map((row) => [...row.querySelectorAll("td")]);
  const series = names.map((name, i) => ({
    name,
    values: cells.map((row) => Number(row[i].querySelector("data")?.value ?? 0)),
    texts: cells.map((row) => row[i].textContent),
  }));
  return { steps: rows.map((row) => row.querySelector("th").textContent), series };
}

class SeriesChart {
  constructor(figure, { steps, series }, state) {
    Object.assign(this, { figure, steps, series, state });
    this.drawing = figure.querySelector(".drawing");
    this.format = this.drawing.querySelector(".top").textContent.startsWith("$") ? money : count;
    this.makeReadout();
    this.draw();
    this.makeLegend();
    // What is said again after a change is no news to who has heard it.
    this.readout.setAttribute("aria-live", "polite");
    const end = new AbortController();
    this.end = () => end.abort();
    let width = this.drawing.clientWidth;
    const observer = new ResizeObserver(() => {
      if (this.drawing.clientWidth === width) return;
      width = this.drawing.clientWidth;
      this.plot.setSize({ width, height: heightFor(width) });
    });
    observer.observe(this.drawing);
    matchMedia("(prefers-color-scheme: dark)")
      .addEventListener("change", () => this.draw(), { signal: end.signal });
    end.signal.addEventListener("abort", () => {
      observer.disconnect();
      this.plot.destroy();
    });
  }

  /* What is read out, and shown, of the step on which the reader is. */
  makeReadout() {
    this.readout = document.createElement("output");
    this.readout.className = "readout";
    this.drawing.before(this.readout);
  }

  makeLegend() {
    const items = this.figure.querySelectorAll(".legend li");
    items.forEach((item, i) => {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.focus = `legend ${i}`;
      button.append(...item.childNodes);
      item.replaceChildren(button);
      const { name } = this.series[i];
      const show = () =>
        button.setAttribute("aria-pressed", String(!this.state.hidden.has(name)));
      button.addEventListener("click", () => {
        if (!this.state.hidden.delete(name)) this.state.hidden.add(name);
        show();
        this.draw();
      });
      show();
    });
  }

  draw() {
    this.plot?.destroy();
    const { drawing } = this;
    const { data, shown } = this.stacked();
    // A canvas knows no custom properties: colours are taken from what has them already.
    const swatches = this.figure.querySelectorAll(".legend .swatch rect");
    const quiet = getComputedStyle(this.figure.querySelector("figcaption")).color;
    const { backgroundColor: surface, borderTopColor: line } = getComputedStyle(
      this.figure.closest("section") ?? document.body,
    );
    const holder = document.createElement("div");
    drawing.replaceChildren(holder);
    const axis = { stroke: quiet, grid: { stroke: line, width: 1 }, ticks: { stroke: line } };
    const font = "12px system-ui, sans-serif";
    this.plot = new uPlot(
      {
        width: drawing.clientWidth,
        height: heightFor(drawing.clientWidth),
        // Half of the last name stands behind the last bar.
        padding: [
          null,
          NAME_PX / 2 * Math.max(...this.steps.map((name) => name.length)),
          null,
          null,
        ],
        legend: { show: false },
        cursor: { y: false, points: { show: false }, drag: { x: true, y: false } },
        scales: {
          x: { time: false, range: (_u, from, to) => [from - 0.5, to + 0.5] },
          y: { range: (_u, _from, to) => [0, to > 0 ? to * 1.05 : 1] },
        },
        axes: [
          {
            ...axis,
            font,
            grid: { show: false },
            space: 110,
            incrs: [1, 2, 3, 4, 6, 7, 12, 14, 24, 28],
            values: (_u, at) => at.map((i) => this.steps[i] ?? ""),
          },
          { ...axis, font, size: 56, values: (_u, at) => at.map((value) => this.format(value)) },
        ],
        series: [
          {},
          ...shown.map((each) => ({
            label: this.series[each].name,
            fill: getComputedStyle(swatches[each]).fill,
            stroke: surface,
            width: 1,
            paths: uPlot.paths.bars({ size: [0.86, 60] }),
            points: { show: false },
          })),
        ],
        hooks: {
          setCursor: [(plot) => this.tell(plot.cursor.idx)],
          // The edge of a low bar hides the line that it stands on.
          draw: [(plot) => drawBase(plot, line)],
        },
      },
      data,
      holder,
    );
    this.makeOperable(holder);
    if (this.state.at !== null) this.goTo(this.state.at);
  }

  /* The highest first, so that each covers the lower part of the one before. */
  stacked() {
    const sums = this.steps.map(() => 0);
    const places = this.series.map((_, i) => i)
      .filter((i) => !this.state.hidden.has(this.series[i].name));
    const tops = places.map((i) =>
      this.series[i].values.map((value, step) => value === 0 ? null : (sums[step] += value))
    );
    return { data: [this.steps.map((_, i) => i), ...tops.reverse()], shown: places.reverse() };
  }

  /* Arrow keys go along, a finger too; two fingers and the wheel are left to the page. */
  makeOperable(holder) {
    holder.tabIndex = 0;
    holder.dataset.focus = "chart";
    holder.setAttribute("role", "application");
    holder.setAttribute("aria-roledescription", "chart");
    holder.setAttribute(
      "aria-label",
      `${this.figure.querySelector("caption")?.textContent ?? ""}. Arrow keys go along it.`,
    );
    holder.addEventListener("keydown", (event) => {
      const at = this.state.at ?? (event.key === "ArrowLeft" ? this.steps.length : -1);
      const to = {
        ArrowRight: at + 1,
        ArrowLeft: at - 1,
        Home: 0,
        End: this.steps.length - 1,
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      this.goTo(Math.min(this.steps.length - 1, Math.max(0, to)));
    });
    const touch = ({ touches }) => {
      const { left } = this.plot.over.getBoundingClientRect();
      this.goTo(Math.round(this.plot.posToVal(touches[0].clientX - left, "x")));
    };
    holder.addEventListener("touchstart", touch, { passive: true });
    holder.addEventListener("touchmove", touch, { passive: true });
  }

  goTo(step) {
    if (this.steps[step] === undefined) return;
    this.plot.setCursor({ left: this.plot.valToPos(step, "x"), top: 0 });
    this.tell(step);
  }

  tell(step) {
    if (step === null || step === undefined || this.steps[step] === undefined) return;
    this.state.at = step;
    const parts = this.series
      .filter(({ name, values }) => values[step] !== 0 && !this.state.hidden.has(name))
      .map(({ name, texts }) => `${name} ${texts[step]}`);
    const text = `${this.steps[step]}: ${parts.join(", ") || "nothing"}`;
    if (this.readout.textContent !== text) this.readout.textContent = text;
  }
}

function drawBase({ ctx, bbox: { left, top, width, height } }, colour) {
  ctx.save();
  ctx.fillStyle = colour;
  const thick = Math.max(1, Math.round(devicePixelRatio));
  ctx.fillRect(left, top + height - Math.floor(thick / 2), width, thick);
  ctx.restore();
}

function heightFor(width) {
  return width < NARROW ? LOW_HEIGHT : HEIGHT;
}

function money(value) {
  return value === 0 ? "$0" : `$${value < 1 ? Number(value.toPrecision(2)) : count(value)}`;
}

function count(value) {
  for (const [scale, letter] of [[1e9, "G"], [1e6, "M"], [1e3, "k"]]) {
    if (value >= scale) return `${Number((value / scale).toPrecision(3))}${letter}`;
  }
  return String(Number(value.toPrecision(3)));
}
