// Run on the Node that built the addon: loads it, encodes a picture, and prints OpenCV's version.
const { createRequire } = require('node:module');
const { join } = require('node:path');

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: smoke-test.cjs <addon folder>');
const cv = createRequire(join(folder, 'package.json'))('@u4/opencv4nodejs');
const picture = new cv.Mat(48, 64, cv.CV_8UC3, [10, 20, 30]);
const jpeg = cv.imencode('.jpg', picture, [cv.IMWRITE_JPEG_QUALITY, 80]);
picture.release();
if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) throw new Error('OpenCV did not write a JPEG');
if (typeof cv.VideoCapture !== 'function' || cv.CAP_V4L2 === undefined) {
  throw new Error('this OpenCV has no video input');
}
const { major, minor, revision } = cv.version;
process.stdout.write(`${major}.${minor}.${revision}\n`);
