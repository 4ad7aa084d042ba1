// Reads photos with PP-OCRv4 (npm's @gutenye/ocr-node) as its README says: Ocr.create() and detect(path), no options.
//
// usage: node ppocr.mjs NODE_MODULES < list of photos, a path a line
//
// Prints a JSON object a line, in the same order: {"path", "width", "height", "lines": [{"text", "mean", "box"}]}, or
// {"path", "error"} where a photo can't be read. Boxes are what the package gives: pixels of the photo after it was
// padded to multiples of 32; pages.py puts them right.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const fromModules = createRequire(resolve(process.argv[2], 'anyone.js'))
const load = (name) => import(pathToFileURL(fromModules.resolve(name)))

const { default: Ocr } = await load('@gutenye/ocr-node')
const { default: sharp } = await load('sharp')
const ocr = await Ocr.create()

async function read(path) {
  const { width, height } = await sharp(path).metadata()
  return { path, width, height, lines: await ocr.detect(path) }
}

for await (const path of createInterface({ input: process.stdin })) {
  if (!path) continue
  const answer = await read(path).catch((error) => ({ path, error: String(error.message ?? error) }))
  process.stdout.write(JSON.stringify(answer) + '\n')
}
