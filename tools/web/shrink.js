// Photos that are together larger than the program takes are sent smaller. It reads at some 2,400 pixels a side anyway.
import {kMaxBytes} from './photos.js';

const kLongestSide = 3200;
const kQuality = 0.9;
const kFormBytes = 100_000; // what the form around the photos takes, at most

const bytesOf = (files) => files.reduce((sum, {size}) => sum + size, 0);

async function smaller(file) {
  const picture = await createImageBitmap(file); // upright, as its EXIF says
  const scale = Math.min(1, kLongestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', kQuality));
  return blob && blob.size < file.size ? new File([blob], file.name, {type: 'image/jpeg'}) : file;
}

// The files as they are, or with the largest first made smaller until they fit; null where they can't be made to.
export async function fitting(files, most = kMaxBytes - kFormBytes) {
  const out = [...files];
  const largestFirst = out.map((_, index) => index).sort((a, b) => files[b].size - files[a].size);
  for (const index of largestFirst) {
    if (bytesOf(out) <= most) break;
    out[index] = await smaller(out[index]).catch(() => out[index]); // a format that this browser can't show
  }
  return bytesOf(out) <= most ? out : null;
}
