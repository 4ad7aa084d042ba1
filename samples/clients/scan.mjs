// How much magnesium is on these photos of one product? Node 18 or later, no packages; fetch and FormData are those of
// browsers and React Native.
//   MAGSCAN_URL=https://magscan.example MAGSCAN_KEY=mgs_... node scan.mjs bottle.jpg [another-side.jpg ...]
import { readFile } from "node:fs/promises";
import { basename } from "node:path";

const url = process.env.MAGSCAN_URL ?? "http://127.0.0.1:8080";
const key = process.env.MAGSCAN_KEY;

async function scan(paths, tries = 4) {
  const form = new FormData();
  for (const path of paths) form.append("image", new Blob([await readFile(path)]), basename(path));
  const headers = key ? { Authorization: `Bearer ${key}` } : {};
  for (;;) {
    const answer = await fetch(`${url}/v1/scan`, { method: "POST", body: form, headers });
    if (answer.ok) return answer.json();
    const problem = await answer.json();
    if (![429, 503].includes(answer.status) || --tries === 0) {
      throw new Error(`${problem.code}: ${problem.detail} (request ${problem.request_id})`);
    }
    await new Promise((resolve) => setTimeout(resolve, 1000 * Number(answer.headers.get("Retry-After") ?? 1)));
  }
}

const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error("usage: scan.mjs PHOTO...");
  process.exit(2);
}
try {
  const report = await scan(paths);
  const { per_serving_mg: amount, status, confidence } = report.elemental_magnesium;
  console.log(amount?.value == null ? `not known (${report.outcome})`
    : `${amount.value} mg per serving, ${status}, confidence ${confidence.toFixed(2)}`);
  for (const { code, message } of report.warnings) console.log(`${code}: ${message}`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
