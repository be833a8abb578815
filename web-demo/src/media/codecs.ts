// Which codec to offer first. `?codec=` is a switch for tests; VP8 is what every peer has.

export type VideoCodec = 'VP8' | 'VP9' | 'H264' | 'AV1';
const CODECS: readonly VideoCodec[] = ['VP8', 'VP9', 'H264', 'AV1'];

export function codecFromQuery(search: string): VideoCodec {
  const asked = new URLSearchParams(search).get('codec')?.toUpperCase();
  return CODECS.find((codec) => codec === asked) ?? 'VP8';
}

interface CodecLike {
  mimeType: string;
  sdpFmtpLine?: string;
}

/** The wanted codec first, then the rest in their order: others must still be able to answer. */
export function preferCodec<T extends CodecLike>(all: readonly T[], wanted: VideoCodec): T[] {
  const mime = `video/${wanted}`.toLowerCase();
  const rank = (codec: T): number => {
    if (codec.mimeType.toLowerCase() !== mime) return 2;
    return fitsBridge(codec) ? 0 : 1;
  };
  return [...all].sort((a, b) => rank(a) - rank(b));
}

/** VP9 profile 0; H.264 constrained baseline in packetization mode 1 (docs/protocol.md). */
function fitsBridge(codec: CodecLike): boolean {
  const fmtp = codec.sdpFmtpLine ?? '';
  if (/vp9/i.test(codec.mimeType)) return !/profile-id=[1-9]/.test(fmtp);
  if (/h264/i.test(codec.mimeType)) return /packetization-mode=1/.test(fmtp) && /profile-level-id=42e0/i.test(fmtp);
  return true;
}

export interface PictureSize {
  width: number;
  height: number;
}

const FULL: PictureSize = {width: 1280, height: 720};
const RIDS = ['q', 'h', 'f'] as const;

/**
 * Camera encodings. Simulcast where the codec does it well everywhere: VP8. Chromium sends as many
 * layers as the capture is large (one below 480x270, two below 960x540) and leaves out the last
 * ones, so the layers of a small camera are closer to its size, and a spare one is off.
 */
export function cameraEncodings(codec: VideoCodec, size: PictureSize = FULL): RTCRtpEncodingParameters[] {
  if (codec !== 'VP8') return [{active: true, scaleResolutionDownBy: 1, maxBitrate: bitrateFor(size, 1)}];
  const area = size.width * size.height;
  const layers = area >= 960 * 540 ? 3 : area >= 480 * 270 ? 2 : 1;
  return RIDS.map((rid, index) => {
    const scale = index < layers ? 2 ** (layers - 1 - index) : 1;
    return {rid, active: index < layers, scaleResolutionDownBy: scale, maxBitrate: bitrateFor(size, scale)};
  });
}

/** 150 kbit/s at 320x180, 1.7 Mbit/s at 1280x720, on a line between and beyond. */
function bitrateFor(size: PictureSize, scale: number): number {
  const area = size.width * size.height / scale ** 2;
  return Math.round(Math.min(2_500_000, Math.max(100_000, 150_000 + (area - 320 * 180) * 1.8)));
}

export const SCREEN_ENCODINGS: RTCRtpEncodingParameters[] = [{maxBitrate: 2_500_000, maxFramerate: 30}];
