// magscan for Node: photo in, elemental magnesium out.
//
//     import { readFile } from 'node:fs/promises';
//     import { Scanner } from 'magscan';
//
//     const scanner = new Scanner();
//     const report = await scanner.scan(await readFile('bottle.jpg'), { name: 'bottle.jpg' });
//     console.log(report.elemental_magnesium.per_serving_mg);
//
// Scans run on libuv's threads, so that the event loop goes on; UV_THREADPOOL_SIZE (4 by default) bounds how many run at
// once, and should be the number of cores. Make one Scanner and keep it.

export interface ScannerOptions {
  models?: string; // folder of the text detector
  tessdata?: string; // folder of the recogniser's data
  threads?: number; // that work on one photo; 0: one a core. Default 1
  maxScans?: number; // photos read at once, further calls wait; 0: one a core. Default 0
}

export interface ReportOptions {
  name?: string; // the report's source.name: a file's name or an id
  person?: string; // "adult" (default), "pregnant", "lactating", "age=12", "age=6m", "sex=f", joined by commas
  jurisdiction?: 'us' | 'eu' | 'uk' | 'ca' | 'au' | 'de' | 'no' | 'jp'; // whose limits come first
}

export interface Progress {
  stage: 'decode' | 'detect' | 'read' | 'understand';
  share: number; // 0..1 of the whole
  photo: number; // which of several
}

export interface ScanOptions extends ReportOptions {
  signal?: AbortSignal; // the promise is then rejected with its reason
  deadlineMs?: number; // from the call on
  onProgress?: (progress: Progress) => void;
}

export interface Photo {
  bytes: Uint8Array; // of a JPEG, PNG, WebP, HEIC, AVIF, TIFF or BMP; not to be changed until the promise settles
  name?: string;
}

/** What a promise is rejected with, and what the calls that answer at once throw. */
export interface MagscanError extends Error {
  code: 'usage' | 'not_a_picture' | 'set_up' | 'cancelled' | 'deadline' | 'internal';
  photo: number; // which of several photos it is about
}

export class Scanner {
  /** Loads the models, some 0.2 s. */
  constructor(options?: ScannerOptions);
  readonly hasDetector: boolean;
  scan(photo: Uint8Array, options?: ScanOptions): Promise<Report>;
  /** The report as the line of JSON that `magscan scan --json` prints. */
  scanJson(photo: Uint8Array, options?: ScanOptions): Promise<string>;
  /** One report from two to six photos of one product. */
  scanProduct(photos: Photo[], options?: ScanOptions): Promise<Report>;
}

/** The report of a label's text, lines as printed. */
export function parse(text: string, options?: ReportOptions): Report;
/** Of a page that was read elsewhere, or of the one to six pages of one product. */
export function parsePage(page: Page | Page[], options?: ReportOptions): Report;
/** How much magnesium an amount of a form is: docs/calc.schema.json. */
export function calc(question: DoseQuestion): Dose;
export const version: string;

/** x to the right, y down, in pixels of the photo as it was sent. */
export type Point = [number, number];

export interface Page {
  width?: number;
  height?: number;
  rotation?: 0 | 90 | 180 | 270;
  lines: Line[];
}

export interface Line {
  text?: string; // or words
  words?: { text: string; polygon?: Point[]; confidence?: number }[];
  polygon?: Point[]; // clockwise as the text is read, from the top left
  confidence?: number;
}

export interface DoseQuestion {
  form: string; // as a label names it
  amount: string; // "500mg", of one serving
  basis?: 'compound' | 'elemental' | 'unknown';
  unitsPerServing?: number;
  servingsPerDay?: number;
}

export interface Interval {
  value: number | null; // null where only the bounds can be given
  low: number;
  high: number;
}

export interface Evidence {
  image: number;
  text: string;
  confidence: number;
  polygon: Point[] | null;
}

/** docs/report.schema.json. Masses are milligrams; null means "not known". */
export interface Report {
  schema_version: '1.0';
  engine: { magscan: string; tesseract: string | null; detector: string | null; knowledge: string };
  source: {
    name: string;
    kind: 'photo' | 'photos' | 'text';
    images: { name: string; sha256: string; format: string; width: number; height: number; rotation: number }[];
  };
  outcome: 'complete' | 'partial' | 'no_magnesium' | 'unreadable';
  serving: {
    units: number | null;
    unit: string | null;
    per_container: number | null;
    per_day: number | null;
    text: string | null;
    evidence: Evidence[];
  } | null;
  magnesium: {
    forms: string[];
    compounds: string[];
    form_text: string | null;
    amount: {
      value_mg: number;
      text: string;
      basis: 'elemental' | 'compound' | 'ambiguous';
      rule: string;
      per: 'serving' | 'unit' | 'day' | '100g' | '100ml' | 'unknown';
    } | null;
    compound_mg: Interval | null;
    elemental_mg: Interval | null;
    daily_value_percent: number | null;
    confidence: number;
    evidence: Evidence[];
  }[];
  elemental_magnesium: {
    status: 'stated' | 'derived' | 'estimated' | 'unknown';
    per_serving_mg: Interval | null;
    per_unit_mg: Interval | null;
    per_day_mg: Interval | null;
    confidence: number;
  };
  daily_values: { us_dv_percent: number | null; eu_nrv_percent: number | null };
  limits: { authority: string; limit_mg: number; applies_to: string; exceeded: boolean | null; source: string }[];
  checks: { rule: string; result: 'pass' | 'fail' | 'corrected' | 'skipped'; detail: string }[];
  suitability: {
    summary: string;
    forms: unknown[];
    cautions: { id: string; text: string; sources: string[] }[];
    label_notes: unknown[];
    disclaimer: string;
  } | null;
  warnings: { code: string; message: string }[];
  timings_ms: Record<string, number>;
}

/** The keys are those of docs/calc.schema.json. */
export type Dose = Record<string, unknown>;
