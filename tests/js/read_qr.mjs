// Reads the QR code of a picture with two readers: width and height as arguments, a byte of grey for each point on
// standard input; what each of them read goes out as JSON, null where it found none.

import { readFileSync } from "node:fs";
import { scanGrayBuffer } from "@undecaf/zbar-wasm";
import jsQR from "jsqr";

const [width, height] = process.argv.slice(2).map(Number);
const grey = readFileSync(0);
const points = new Uint8ClampedArray(width * height * 4).fill(255);
for (let at = 0; at < width * height; at += 1) points.fill(grey[at], at * 4, at * 4 + 3);
const symbols = await scanGrayBuffer(new Uint8Array(grey).buffer, width, height);
const found = { jsQR: jsQR.default?.(points, width, height)?.data ?? jsQR(points, width, height)?.data ?? null, zbar: symbols[0]?.decode() ?? null };
process.stdout.write(JSON.stringify(found));
