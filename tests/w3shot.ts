import { chromium } from "playwright-core";
import { findProgram, parts } from "../tools/parts.ts";
import axe from "axe-core";
const executablePath = findProgram(parts.chromium!.programs, Deno.env.get("PATH") ?? "");
const browser = await chromium.launch({
  executablePath: executablePath!,
  args: ["--no-sandbox"],
});
const [path, name, ...sizes] = Deno.args;
for (const size of sizes) {
  const [w, scheme] = size.split(":");
  const context = await browser.newContext({
    viewport: { width: Number(w), height: 900 },
    colorScheme: scheme as "light" | "dark",
  });
  const page = await context.newPage();
  page.on(
    "console",
    (m) => ["error", "warning"].includes(m.type()) && console.log("console", m.text()),
  );
  page.on("pageerror", (e) => console.log("pageerror", e.message));
  await page.goto("http://127.0.0.1:7901" + path);
  await page.waitForTimeout(500);
  await page.evaluate(
    "document.querySelectorAll('details').forEach(d => d.dataset.keep && (d.open = true))",
  );
  const whole = await page.evaluate("document.documentElement.scrollHeight") as number;
  const part = Number(w) < 500 ? 1500 : 1800;
  for (let y = 0, i = 0; y < whole; y += part, i++) {
    await page.screenshot({
      path: `/tmp/w3_${name}_${w}_${scheme}_${i}.png`,
      fullPage: true,
      clip: { x: 0, y, width: Number(w), height: Math.min(part, whole - y) },
    });
  }
  const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  if (wide as number > 0) {
    console.log(
      await page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll,.newest-first')).slice(0,4).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0,40)).join(' | ')",
      ),
    );
  }
  if (wide as number > 0) console.log("overflow", size, wide);
  await page.evaluate((axe as unknown as { source: string }).source);
  const result = await page.evaluate("axe.run(document, {rules: {}})") as {
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  for (const v of result.violations) {
    console.log(
      "axe",
      size,
      v.id,
      v.nodes.length,
      v.nodes[0]!.html.slice(0, 200),
      v.nodes[0]!.failureSummary.slice(0, 200),
    );
  }
  await context.close();
}
await browser.close();
