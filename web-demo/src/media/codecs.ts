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

/** Camera encodings. Simulcast where the codec does it well everywhere: VP8. */
export function cameraEncodings(codec: VideoCodec): RTCRtpEncodingParameters[] {
  if (codec !== 'VP8') return [{maxBitrate: 1_500_000}];
  return [
    {rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000},
    {rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 500_000},
    {rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 1_700_000},
  ];
}

export const SCREEN_ENCODINGS: RTCRtpEncodingParameters[] = [{maxBitrate: 2_500_000, maxFramerate: 30}];
