// Compiled, never run: what a user writes is what the types say.
import { Scanner, calc, parse, parsePage, type MagscanError, type Report } from '../index.js';

const scanner = new Scanner({ models: '/opt/models', threads: 2, maxScans: 4 });
const photo = new Uint8Array();
const report: Report = await scanner.scan(photo, {
  name: 'a',
  jurisdiction: 'uk',
  deadlineMs: 5000,
  onProgress: ({ stage, share }) => [stage, share],
});
const milligrams: number | null | undefined = report.elemental_magnesium.per_serving_mg?.value;
const both = await scanner.scanProduct([{ bytes: photo, name: 'front' }, { bytes: photo }]);
const line: string = await scanner.scanJson(photo);
const corner = parse('Magnesium 200 mg').magnesium[0]?.evidence[0]?.polygon?.[0]?.[0] ?? 0;
parsePage({ lines: [{ text: 'Magnesium 200 mg', polygon: [[0, 0], [9, 0], [9, 1], [0, 1]] }] });
const code = (error: unknown) => (error as MagscanError).code;
// @ts-expect-error: an amount has a unit and is a text
calc({ form: 'citrate', amount: 500 });
// @ts-expect-error: no such place
await scanner.scan(photo, { jurisdiction: 'moon' });
export { milligrams, both, line, corner, code };
