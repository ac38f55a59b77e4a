/** Tests of `web/assets.ts`: files, what a browser keeps of them, and colours for every eye. */

import assert from "node:assert/strict";
import { Hono } from "hono";
import { addAssets } from "../../web/assets.ts";

const NAMES = appOf().routes.map(({ path }) => path.slice("/assets/".length));
/** The colours of series, and of all others together. */
const SERIES = ["s1", "s2", "s3", "s4", "s5", "s6", "s-other"] as const;
/** Colours that differ less look alike in the parts of a chart: 10 is told apart at a glance. */
const DIFFERENCE_MIN = 10;

for (const name of NAMES) {
  Deno.test(`addAssets() has ${name} kept, until it is another`, async () => {
    const first = await ask(name);
    const tag = first.headers.get("etag")!;

    const second = await ask(name, { "If-None-Match": `W/"other", W/${tag}` });
    const third = await ask(name, { "If-None-Match": '"other"' });

    assert.match(tag, /^"[\w-]{16}"$/);
    assert.equal(first.headers.get("cache-control"), "no-cache");
    assert.deepEqual([second.status, await second.text()], [304, ""]);
    assert.equal(second.headers.get("etag"), tag);
    assert.equal(third.status, 200);
    assert.ok((await third.text()).length > 50);
  });
}

Deno.test("addAssets() has every file that another one of them loads", async () => {
  const loaded = await Promise.all(NAMES.map(async (name) => {
    const text = await (await ask(name)).text();
    return [...text.matchAll(/(?:from|import\() ?"\.\/([\w.]+)"/g)].map(([, file]) => file!);
  }));

  assert.ok(loaded.flat().length > 3);
  assert.deepEqual(loaded.flat().filter((name) => !NAMES.includes(name)), []);
});

for (const theme of ["light", "dark"] as const) {
  for (const eyes of ["usual", "protan", "deutan", "tritan"] as const) {
    Deno.test(`addAssets() has colours that ${eyes} eyes tell apart, ${theme}`, async () => {
      const css = await (await ask("app.css")).text();
      const seen = SERIES.map((name) => seenAs(colourOf(css, name, theme), eyes));

      const close = seen.flatMap((a, i) =>
        seen.slice(i + 1).map((b, j) => ({
          pair: [SERIES[i], SERIES[i + j + 1]],
          by: differenceOf(a, b),
        }))
      ).filter(({ by }) => by < DIFFERENCE_MIN);

      assert.deepEqual(close, []);
    });
  }

  Deno.test(`addAssets() has text that stands out from the ground in the ${theme}`, async () => {
    const css = await (await ask("app.css")).text();
    const light = (name: string) => luminance(colourOf(css, name, theme));

    for (const text of ["text", "quiet", "accent", "good", "bad", "warn"]) {
      for (const ground of ["ground", "surface", "raised"]) {
        const [high, low] = [light(text), light(ground)].sort((a, b) => b - a);
        assert.ok((high! + 0.05) / (low! + 0.05) >= 4.5, `${text} on ${ground}`);
      }
    }
  });
}

type Colour = readonly [red: number, green: number, blue: number];

function appOf(): Hono {
  const app = new Hono();
  addAssets(app);
  return app;
}

async function ask(name: string, headers: Record<string, string> = {}): Promise<Response> {
  return await appOf().request(`http://127.0.0.1/assets/${name}`, { headers });
}

/** Linear, between 0 and 1. */
function colourOf(css: string, name: string, theme: "light" | "dark"): Colour {
  const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(
    css,
  )!;
  const hex = theme === "light" ? light! : dark!;
  return [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as unknown as Colour;
}

function luminance([red, green, blue]: Colour): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Colours as eyes without one kind of cone see them: Machado, Oliveira and Fernandes 2009. */
const SEEN = {
  usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const;

function seenAs(colour: Colour, eyes: keyof typeof SEEN): Colour {
  return SEEN[eyes].map((row) =>
    Math.min(1, Math.max(0, row.reduce<number>((sum, each, i) => sum + each * colour[i]!, 0)))
  ) as unknown as Colour;
}

/** How far apart colours are in CIE 1976 L*a*b*. */
function differenceOf(a: Colour, b: Colour): number {
  const [x, y] = [labOf(a), labOf(b)];
  return Math.hypot(...x.map((each, i) => each - y[i]!));
}

function labOf([red, green, blue]: Colour): number[] {
  const root = (value: number) => value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116;
  const x = root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
  const y = root(luminance([red, green, blue]));
  const z = root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
