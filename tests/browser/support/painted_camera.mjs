// A camera made in the page, for browsers whose fake camera cannot play our clips: the same blocks
// (clips.mjs), painted, `scale` times as large. The result is a script that runs before the page's own.
import { FPS, HEIGHT, MARKER, WIDTH, blocks } from './clips.mjs';

export function paintedCamera(id, { scale = 1 } = {}) {
  const facts = { id, scale, shape: blocks, marker: MARKER, width: WIDTH, height: HEIGHT, fps: FPS };
  return `(${install})(${JSON.stringify(facts)});`;
}

function install({ id, scale, shape, marker, width, height, fps }) {
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext('2d');
  context.scale(scale, scale);
  let frame = 0;
  const paint = () => {
    context.fillStyle = '#808080';
    context.fillRect(0, 0, width, height);
    for (let bit = 0; bit < 8; bit++) {
      for (const [value, top] of [[marker, shape.markerTop], [id, shape.idTop]]) {
        context.fillStyle = value >> (7 - bit) & 1 ? '#ffffff' : '#000000';
        context.fillRect(bit * shape.width, top, shape.width, shape.height);
      }
    }
    context.fillStyle = '#ffffff'; // something that moves
    context.fillRect((frame++ * 10) % (width - 20), 150, 20, 20);
  };
  paint();
  setInterval(paint, 1000 / fps);

  const devices = navigator.mediaDevices;
  if (!devices) return;
  const native = devices.getUserMedia.bind(devices);
  // Each caller gets a track of its own, as from a camera.
  devices.getUserMedia = async ({ audio, video }) => new MediaStream([
    ...audio ? (await native({ audio })).getTracks() : [],
    ...video ? canvas.captureStream(fps).getTracks() : [],
  ]);
  devices.getDisplayMedia = async () => canvas.captureStream(fps);
}
